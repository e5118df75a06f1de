/** A request for help of the demonstration, so many hours old; what was written about it in the order it came. */
export interface SeedRequest {
  readonly userId: number;
  readonly hoursAgo: number;
  readonly text: string;
  readonly performerId?: number;
  readonly finished?: true;
  readonly messages: readonly {
    readonly authorId: number;
    readonly hoursAgo: number;
    readonly text: string;
  }[];
}

/** Their ids are 1, 2 and 3. */
export const REQUESTS: readonly SeedRequest[] = [
  {
    userId: 127,
    hoursAgo: 96,
    text: "Починить крышу над флигелем\n\nПосле дождя капает прямо на рукописи. Лестница есть, доски под навесом.",
    performerId: 9,
    finished: true,
    messages: [
      { authorId: 9, hoursAgo: 80, text: "Нашёл две треснувшие доски, завтра заменю." },
      { authorId: 127, hoursAgo: 79.5, text: "Спасибо! Рукописи пока перенёс в столовую." },
      { authorId: 9, hoursAgo: 50, text: "Готово. Ночью был ливень, внутри сухо." },
    ],
  },
  {
    userId: 127,
    hoursAgo: 28,
    text: "Привезти из города две дести почтовой бумаги и сургуч",
    performerId: 2,
    messages: [{ authorId: 2, hoursAgo: 20, text: "Еду в пятницу. Сургуч красный или чёрный?" }],
  },
  {
    userId: 1707,
    hoursAgo: 5,
    text: "Настроить рояль к субботе\n\nФальшивит вторая октава, а вечером будут гости.",
    messages: [],
  },
];
