// A tap, a click or the arrow keys on the picture of a map set the field above it to a point. Without
// this file the field alone is enough, and the picture helps to see where something is.

const STEP = 1;
const LEAP = 10;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const POINT = /^([-+]?\d{1,2}\.\d+)(?: *, *| +)([-+]?\d{1,3}\.\d+)$/;

const within = (share) => Math.min(100, Math.max(0, share));

for (const map of document.querySelectorAll("[data-map]")) {
  const typed = document.getElementById(map.dataset.map);
  const field = map.querySelector(".map__field");
  const mark = map.querySelector(".map__point");
  const [west, south, east, north] = ["west", "south", "east", "north"].map((edge) => Number(map.dataset[edge]));
  const told = document.createElement("p");
  told.className = "govuk-visually-hidden";
  told.setAttribute("aria-live", "polite");
  map.append(told);
  map.classList.add("map--live");
  // A name and keys of its own: for those who hear the page it is one thing to move, not a picture.
  field.setAttribute("role", "application");
  field.setAttribute("aria-label", map.dataset.label);
  field.setAttribute("aria-describedby", `${map.dataset.map}-map`);
  field.tabIndex = 0;

  const draw = (place) => {
    mark.setAttribute("visibility", place ? "visible" : "hidden");
    if (place) ["cx", "cy"].forEach((name, index) => mark.setAttribute(name, `${place[index]}%`));
  };

  // Where the point in the field lies, in per cent from the left and from the top.
  const placed = () => {
    const found = POINT.exec(typed.value.trim().replace(/[−–]/g, "-"));
    if (!found) return undefined;
    const [latitude, longitude] = [Number(found[1]), Number(found[2])];
    const on = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
    return on ? [(100 * (longitude - west)) / (east - west), (100 * (north - latitude)) / (north - south)] : undefined;
  };

  // At the very edge, five decimals may lie just beyond it: what is set must be on the map.
  const kept = (value, least, most) => {
    const rounded = Number(value.toFixed(5));
    if (rounded > most) return (rounded - 0.00001).toFixed(5);
    return (rounded < least ? rounded + 0.00001 : rounded).toFixed(5);
  };

  const choose = (across, down) => {
    const place = [within(across), within(down)];
    const latitude = kept(north - ((north - south) * place[1]) / 100, south, north);
    const longitude = kept(west + ((east - west) * place[0]) / 100, west, east);
    typed.value = `${latitude}, ${longitude}`;
    told.textContent = map.dataset.set.replace("{point}", typed.value);
    typed.dispatchEvent(new Event("input", { bubbles: true }));
  };

  field.addEventListener("click", (event) => {
    const box = field.getBoundingClientRect();
    choose((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
  });
  field.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : STEP;
    const at = placed();
    if (at) choose(at[0] + by * move[0], at[1] + by * move[1]);
    else choose(50, 50);
  });
  typed.addEventListener("input", () => draw(placed()));
  window.addEventListener("pageshow", () => draw(placed()));
}
