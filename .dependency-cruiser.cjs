/**
 * The house's table of imports (docs/decisions/0001-house.md): a room may import what stands below it, and
 * nothing runs in a circle.
 */
const ROOMS = {
  contract: [],
  dialogs: ["contract"],
  communications: ["dialogs", "contract"],
  channels: ["contract"],
  "main-system": ["contract"],
  schema: ["contract"],
  "durable-objects": ["communications", "dialogs", "channels", "main-system", "contract"],
  workers: ["durable-objects", "communications", "dialogs", "channels", "main-system", "schema", "contract"],
  emulator: [],
  "examples/family-site": [],
  web: ["contract"],
};

/** Every room of our own code, and the rooms for tests, benchmarks and commands. */
const ALL = [...Object.keys(ROOMS), "test", "bench", "scripts"];

const inside = (rooms) => `^(${rooms.join("|")})/`;

const tableRules = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room.replace("/", "-")}-imports-down`,
  severity: "error",
  comment: `${room}/ may import ${below.length > 0 ? below.join(", ") : "nothing of the other rooms"}`,
  from: { path: inside([room]) },
  to: { path: inside(ALL), pathNot: inside([room, ...below]) },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      severity: "error",
      comment:
        "A circle has no top and no bottom to read it from. Types alone may point back: they are gone at run time.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "contract-needs-little",
      severity: "error",
      comment: "The words everyone shares lean on zod, and on the one library that reads phone numbers",
      from: { path: "^contract/" },
      to: { dependencyTypes: ["npm", "npm-dev"], pathNot: "node_modules/(zod|libphonenumber-js)/" },
    },
    {
      name: "pure-dialogs",
      severity: "error",
      comment: "The language of dialogs knows no platform",
      from: { path: "^(dialogs|communications|contract)/" },
      to: { path: "^(cloudflare:|node:)|node_modules/(hono|drizzle-orm|grammy|chanfana)/" },
    },
    ...tableRules,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(node_modules|dist|\\.dev)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types"],
    },
  },
};
