import { expect, it } from "vitest";
import { inOurNames, inTheirNames, personFieldsOf, wireNameOf } from "../../contract/fields.ts";

it("what users/update tells is read in our names, the phone in E.164", () => {
  const told = {
    ...{ userId: "127", lastname: "Пушкин", firstname: "Александр", patronymic: "Сергеевич", role: "user" },
    ...{ active: false, phone: "8 (918) 777-77-77", email: "address@domain.ru", eventId: "profile" },
    location: { country: "Россия", city: "Ставрополь" },
  };

  expect(personFieldsOf(told)).toEqual({
    ...{ lastName: "Пушкин", firstName: "Александр", patronymic: "Сергеевич", role: "user", active: false },
    ...{ phone: "+79187777777", email: "address@domain.ru" },
    location: { country: "Россия", city: "Ставрополь" },
  });
});

it("what users/update leaves out stays out, and what it says is null is empty", () => {
  expect(Object.keys(personFieldsOf({ role: "user", email: undefined }))).toEqual(["role"]);

  const emptied = { lastname: null, phone: null, location: { city: null } };
  expect(personFieldsOf(emptied)).toEqual({ lastName: "", phone: "", location: { city: "" } });
  expect(personFieldsOf({ location: null, phone: 79187777777 })).toEqual({
    location: {},
    phone: "+79187777777",
  });
});

it("a field has its own name on every occasion", () => {
  expect(wireNameOf("patronymic")).toBe("patronymic");
  expect(wireNameOf("lastName")).toBe("lastname");
  expect(wireNameOf("active")).toBe("active");

  const answered = { userId: 1, surname: "Пушкин", name: "Александр", isActive: true, lastname: "no" };
  expect(inOurNames("answered", answered)).toEqual({
    lastName: "Пушкин",
    firstName: "Александр",
    active: true,
  });
  expect(inTheirNames("told", { lastName: "Пушкин", patronymic: "Сергеевич", active: true })).toEqual({
    lastname: "Пушкин",
    middlename: "Сергеевич",
  });
});
