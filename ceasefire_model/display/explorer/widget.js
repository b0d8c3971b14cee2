// The what-if widget: shows what Python writes, sends back what is chosen, decides nothing.
// Every text is set as text, never as markup.

let views = 0;

/** Milliseconds until what is chosen is sent: at once for a click, after a pause for typing. */
const AT_ONCE = 50;
const TYPING = 400;

/** Milliseconds after which a wait is mentioned, and after which the kernel is doubted. */
const SLOW = 300;
const LOST = 10_000;

/** What takes the focus: JupyterLab would take its arrow keys and letters for commands. */
const FOCUSED = new Set(["button", "input", "pre", "select", "summary"]);

/** Make an element with properties and children; a string becomes text. */
function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  if (FOCUSED.has(tag)) made.dataset.lmSuppressShortcuts = "true";
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Make an element that holds a text of a document, whichever way that runs. */
function written(tag, text, properties = {}) {
  return make(tag, { ...properties, textContent: text, dir: "auto" });
}

/** Write a verdict: its sign for the eye, its word for everybody. */
function mark(verdict) {
  return make("span", { className: `cfm-mark cfm-${verdict.kind}` },
    make("span", { ariaHidden: "true" }, `${verdict.sign} `), verdict.word);
}

/** Write something judged, and how it was if that changed. */
function judged(tag, line) {
  const made = make(tag, { className: "cfm-line" }, mark(line.mark), " ", written("span", line.text));
  if (line.note) made.append(" ", written("span", `– ${line.note}`, { className: "cfm-note" }));
  if (line.was) {
    made.append(" ", make("strong", { className: "cfm-changed" }, "changed; as reported ",
      mark(line.was)));
  }
  return made;
}

function turn(item) {
  return make("li", { className: "cfm-line" },
    make("span", { className: "cfm-head" }, item.head), " ", written("span", item.text));
}

/** Write a titled list; nothing of nothing. */
function list(title, items, none = "") {
  if (!items.length && !none) return [];
  const below = items.length ? make("ul", {}, ...items) : make("p", {}, none);
  return [make("h4", {}, title), below];
}

// The choices: each has an element, takes a value and gives one back

/** Make a choice of few answers: a group of radio buttons. */
function few(choice, choose, name) {
  const inputs = choice.options.map((option) =>
    make("input", { type: "radio", name, value: option.value,
      onchange: () => choose(option.value, AT_ONCE) }));
  const labels = choice.options.map((option, place) =>
    make("label", { className: "cfm-answer" }, inputs[place], " ", written("span", option.label)));
  const element = make("fieldset", { className: "cfm-choice" },
    written("legend", choice.text), make("div", { className: "cfm-answers" }, ...labels));
  const take = (value) => inputs.forEach((input) => { input.checked = input.value === value; });
  return { element, take };
}

/** Make a choice of many answers: a list to open. */
function many(choice, choose) {
  const options = choice.options.map((option) =>
    make("option", { value: option.value, textContent: option.label }));
  const select = make("select", { onchange: () => choose(select.value, AT_ONCE) }, ...options);
  const element = make("div", { className: "cfm-choice" },
    make("label", {}, written("span", choice.text), select));
  return { element, take: (value) => { select.value = value; } };
}

/** Make what can be done to a precondition: a box to tick. */
function tick(choice, choose) {
  const input = make("input", { type: "checkbox",
    onchange: () => choose(input.checked ? "yes" : "", AT_ONCE) });
  const element = make("div", { className: "cfm-choice" },
    make("label", { className: "cfm-answer" }, input, " ",
      make("span", {}, `${TICKED[choice.kind]}: `, written("span", choice.text))));
  return { element, take: (value) => { input.checked = value === "yes"; } };
}

/** Make a number: to type, and to slide where a scale is known; empty is as reported. */
function number(choice, choose) {
  const reported = `as reported: ${choice.reported}`;
  const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off",
    oninput: () => choose(input.value.trim(), TYPING) });
  const back = make("button", { type: "button", onclick: () => { take(""); choose("", AT_ONCE); } },
    "as reported");
  const row = make("div", { className: "cfm-answers" },
    make("label", { className: "cfm-answer" }, "suppose ", input, ` ${choice.unit}`));
  const slider = make("input", { type: "range", min: "0", max: choice.most || "0",
    step: String(Number(choice.most) / 100),
    oninput: () => { input.value = slider.value; choose(slider.value, TYPING); } });
  if (choice.most) {
    row.append(make("label", { className: "cfm-answer" },
      `0 to ${choice.most} ${choice.unit} `, slider));
  }
  row.append(back);
  const asked = choice.asked ? `; asked: ${choice.asked}` : "";
  const element = make("fieldset", { className: "cfm-choice" },
    written("legend", choice.text), written("p", `${reported}${asked}`), row);
  const take = (value) => {
    if (input.value.trim() !== value) input.value = value;
    slider.value = value || "0";
    slider.setAttribute("aria-valuetext", value ? `${value} ${choice.unit}` : reported);
  };
  return { element, take, input };
}

const TICKED = { drop: "drop", together: "do at the same time" };

const KINDS = { few, many, drop: tick, together: tick, number };

// The whole

function render({ model, el }) {
  const view = `cfm-what-if-${++views}`;
  const controls = new Map();
  const painted = new Map();
  let sending = 0;
  let slow = 0;
  let lost = 0;
  let last = "";

  const title = make("h3");
  const when = make("p", { className: "cfm-when" });
  const verdict = make("p", { className: "cfm-verdict" });
  const headline = make("p", { role: "status", ariaLive: "polite" });
  const wait = make("p", { className: "cfm-wait" });
  const error = make("p", { className: "cfm-error", id: `${view}-error`, role: "alert" });
  const button = (text, onclick) => make("button", { type: "button", onclick }, text);
  const cheapest = button("Cheapest packages", 
    () => ask({ ask: "packages", choices: model.get("choices") }));
  const reset = button("Reset", () => choices({}, AT_ONCE));
  const said = make("span", { role: "status" });
  const code = make("pre", { tabIndex: 0, ariaLabel: "the same as code", role: "region" });
  const choose = make("div", { className: "cfm-choices", tabIndex: -1 });
  const offers = make("div");
  const follows = make("div");

  const root = make("section", { className: "cfm-what-if" },
    title, when, verdict, headline, wait, error,
    make("p", { className: "cfm-buttons" }, cheapest, " ", reset),
    make("div", { className: "cfm-columns" },
      make("section", { ariaLabel: "What if" }, make("h4", {}, "What if"), choose),
      make("section", { className: "cfm-follows", tabIndex: 0, ariaLabel: "What follows" },
        offers, follows)),
    make("details", { className: "cfm-code" }, make("summary", {}, "As code"), code,
      make("p", { className: "cfm-buttons" }, button("Copy", copy), " ", said)));

  /** Keep what is chosen, and send it after a pause; what comes in between goes with it. */
  function choices(chosen, pause) {
    model.set("choices", chosen);
    clearTimeout(sending);
    sending = setTimeout(() => model.save_changes(), pause);
    waiting();
  }

  function choice(key, value, pause) {
    const { [key]: _, ...others } = model.get("choices");
    last = key;
    choices(value ? { ...others, [key]: value } : others, pause);
  }

  function ask(question) {
    model.send(question);
    waiting();
  }

  function waiting() {
    clearTimeout(slow);
    clearTimeout(lost);
    slow = setTimeout(() => { wait.textContent = "working …"; }, SLOW);
    lost = setTimeout(() => {
      wait.textContent = "no answer yet: is the kernel busy, or stopped?";
    }, LOST);
  }

  function answered() {
    clearTimeout(slow);
    clearTimeout(lost);
    wait.textContent = "";
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = "copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(code);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      said.textContent = "selected: copy it with the keyboard";
    }
  }

  /** Fill a place where its content has changed; a focus that is gone with it goes elsewhere. */
  function paint(place, content, draw, elsewhere) {
    const text = JSON.stringify(content);
    if (painted.get(place) === text) return;
    painted.set(place, text);
    const focused = place.getRootNode().activeElement;
    const inside = place.contains(focused);
    place.replaceChildren(...draw(content));
    if (inside) (focused.isConnected ? focused : elsewhere).focus();
  }

  function control(item) {
    if (!controls.has(item.key)) {
      const made = KINDS[item.kind](item, (value, pause) => choice(item.key, value, pause),
        `${view}-${item.key}`);
      made.set = make("strong", { className: "cfm-changed" });
      (made.element.querySelector("legend, label") ?? made.element).append(" ", made.set);
      controls.set(item.key, made);
    }
    return controls.get(item.key).element;
  }

  function groups(items) {
    return items.map((group) => make("fieldset", { className: "cfm-group" },
      written("legend", group.title),
      ...group.sections.map((section) => make("details",
        { open: section.choices.every((each) => !(each.kind in TICKED)) },
        make("summary", {}, `${section.title} (${section.choices.length})`),
        ...section.choices.map(control)))));
  }

  function packages(found) {
    if (!found) return [];
    const items = found.offers.map((offer, place) => make("li", {},
      make("span", { className: "cfm-head" }, offer.title), " ",
      make("button", { type: "button", ariaLabel: `Apply ${offer.title}`,
        onclick: () => ask({ ask: "apply", package: place }) }, "Apply"),
      make("ul", {}, ...offer.steps.map((step) => written("li", step)))));
    const notes = found.notes.map((note) => written("p", note));
    return [make("h4", {}, found.heading), make("ul", { className: "cfm-offers" }, ...items), ...notes];
  }

  function results(panel) {
    const stands = panel.stands.map((stand) => make("li", {}, judged("p", stand.line),
      ...(stand.needs.length ? [make("ul", {}, ...stand.needs.map((need) => judged("li", need)))]
        : [])));
    return [
      ...list("What changed", panel.changes.map(turn), "Nothing: all is as reported."),
      ...list("Red lines that are crossed, as they were drawn",
        panel.crossed.map((line) => judged("li", line))),
      ...list("Parties and their preconditions", stands),
      ...list("Provisions", panel.provisions.map((line) => judged("li", line))),
      ...list("Next moves, to meet the demands as they were made; no advice",
        panel.moves.map(turn), "None is left."),
    ];
  }

  function show() {
    const shown = model.get("shown");
    const { panel } = shown;
    title.textContent = panel.title;
    title.dir = "auto";
    root.setAttribute("aria-label", `What if: ${panel.title}`);
    when.textContent = panel.when;
    paint(verdict, panel.verdict, (line) => [...judged("span", { ...line, text: "" }).childNodes]);
    if (headline.textContent !== panel.headline) headline.textContent = panel.headline;
    if (error.textContent !== shown.error) error.textContent = shown.error;
    if (code.textContent !== panel.code) said.textContent = "";
    code.textContent = panel.code;
    paint(choose, panel.groups, groups, choose);
    paint(offers, shown.offers, packages, cheapest);
    const { groups: _, choices: __, code: ___, ...rest } = panel;
    paint(follows, rest, results, cheapest);
    answered();
    take();
  }

  /** Set every control to what is chosen, and mark what is not as reported. */
  function take() {
    const chosen = model.get("choices");
    const wrong = model.get("shown").error;
    for (const [key, made] of controls) {
      made.take(chosen[key] ?? "");
      made.set.textContent = chosen[key] ? "supposed" : "";
      made.element.classList.toggle("cfm-set", Boolean(chosen[key]));
      if (made.input && wrong && key === last) {
        made.input.setAttribute("aria-invalid", "true");
        made.input.setAttribute("aria-describedby", error.id);
      } else if (made.input) {
        made.input.removeAttribute("aria-invalid");
        made.input.removeAttribute("aria-describedby");
      }
    }
  }

  /** What stands in place of the widget where there is none, such as in an exported page; it may
   * come into the page after the widget, so that it is hidden by a rule. */
  const rule = document.createElement("style");
  rule.textContent = `.cfm-still-${model.get("shown").token} { display: none; }`;
  document.head.append(rule);
  model.on("change:shown", show);
  model.on("change:choices", take);
  show();
  el.append(root);
  return () => {
    rule.remove();
    model.off("change:shown", show);
    model.off("change:choices", take);
    answered();
  };
}

export default { render };
