/** A post of the demonstration, so many hours old; its comments in the order they came. */
export interface SeedPost {
  readonly authorId: number;
  readonly hoursAgo: number;
  readonly text: string;
  readonly picture?: true;
  readonly comments: readonly {
    readonly authorId: number;
    readonly hoursAgo: number;
    readonly text: string;
  }[];
}

/** Oldest first. */
export const POSTS: readonly SeedPost[] = [
  {
    authorId: 6,
    hoursAgo: 171.3,
    text: "Нашла на чердаке мамин альбом со стихами, который мы считали потерянным. Переснимаю страницы и разошлю всем на этой неделе.\n\nНа двенадцатой странице чей-то профиль пером. Саша, признавайся.",
    comments: [
      {
        authorId: 4,
        hoursAgo: 170.6,
        text: "Оленька, какое счастье! Я была уверена, что он пропал при переезде.",
      },
      { authorId: 127, hoursAgo: 166.2, text: "Профиль не мой. Мои лучше." },
    ],
  },
  {
    authorId: 2,
    hoursAgo: 75.8,
    text: "Я в городе до воскресенья! Кто хочет повидаться — в субботу обедаем у нас на Мойке в три часа. Стулья есть на двенадцать человек, остальным постелем ковёр.",
    comments: [
      { authorId: 8, hoursAgo: 74.9, text: "Буду. Принесу сыр и новости из альманаха." },
      { authorId: 7, hoursAgo: 73.4, text: "Ковёр беру на себя, я на нём лучше всего рассказываю." },
      {
        authorId: 3,
        hoursAgo: 71.1,
        text: "Лёва, считаю вас с Василием Львовичем. Десять человек уже есть.",
      },
    ],
  },
  {
    authorId: 127,
    hoursAgo: 27.2,
    text: "Доехал до Михайловского. Тихо, солнце садится прямо в озеро, няня ждала на крыльце с пирогом.\n\nПишу по утрам, после обеда хожу до мельницы и обратно. Приезжайте: места хватит на всех, а яблок в этом году столько, что без вас не справимся.",
    picture: true,
    comments: [
      { authorId: 1, hoursAgo: 26.7, text: "Худой приехал. Откормлю." },
      { authorId: 1707, hoursAgo: 22.4, text: "Какой закат! Приеду в пятницу, если дорогу не размоет." },
      {
        authorId: 5,
        hoursAgo: 9.9,
        text: "Проверь, пожалуйста, крышу над флигелем. И яблоки — в погреб, на солому.",
      },
    ],
  },
];
