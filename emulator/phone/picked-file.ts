import type { FileKind } from "../store/files.ts";
import type { OutFile, Said } from "./api.ts";
import { el, type IconName, icon } from "./dom.ts";
import { fileSize } from "./words.ts";

/** A file that waits for its caption over the field, or nothing. */
export interface PickedFile {
  readonly element: HTMLElement;
  /** Reads a file and shows it. Rejects where it can't be read. */
  pick(kind: FileKind, file: File): Promise<void>;
  /** The file with this caption, and it waits no longer; `null` where none does. */
  take(caption: string): Said | null;
  drop(): void;
}

/** No file yet; `changed` is told whether one waits. */
export function pickedFile(changed: (waits: boolean) => void): PickedFile {
  const element = el("div", { class: "reply-bar", hidden: true, "data-testid": "picked-file" });
  let picked: { readonly kind: FileKind; readonly file: OutFile } | null = null;

  function set(next: typeof picked, ...drawn: Node[]): void {
    picked = next;
    element.hidden = next === null;
    element.replaceChildren(...drawn);
    changed(next !== null);
  }
  const drop = () => set(null);

  return {
    element,
    drop,
    async pick(kind, file) {
      const type = file.type.replace(/;.*/, "");
      const data = await base64Of(file);
      set(
        { kind, file: { data, name: file.name, ...(type ? { mime_type: type } : {}) } },
        ...bar(kind, file, drop),
      );
    },
    take(caption) {
      if (!picked) return null;
      const { kind, file } = picked;
      drop();
      const sent = caption ? { ...file, caption } : file;
      // Spelled out: a computed key would be any of them to the compiler.
      return kind === "photo" ? { photo: sent } : kind === "voice" ? { voice: sent } : { document: sent };
    },
  };
}

const ICONS: Readonly<Record<FileKind, IconName>> = { photo: "photo", document: "file", voice: "voice" };

function bar(kind: FileKind, file: File, cancel: () => void): Node[] {
  return [
    icon(ICONS[kind]),
    el("div", { class: "replied" }, el("b", {}, file.name), el("span", {}, fileSize(file.size))),
    el(
      "button",
      { type: "button", class: "round", "aria-label": "Cancel the file", onclick: cancel },
      icon("close"),
    ),
  ];
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(new Error(`${file.name} can't be read`)));
    reader.readAsDataURL(file);
  });
}
