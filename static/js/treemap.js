/** Areas that fill a rectangle in proportion to numbers, as square as can be (Bruls, Huizing, van Wijk: squarified treemaps). */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * @param {number[]} values positive, the largest first
 * @param {number} width @param {number} height
 * @returns {Box[]} one for each value
 */
export function treemap(values, width, height) {
  const whole = values.reduce((sum, value) => sum + value, 0);
  if (!(whole > 0)) return values.map(() => ({ x: 0, y: 0, width: 0, height: 0 }));
  const areas = values.map((value) => (value / whole) * width * height);
  /** @type {Box[]} */
  const boxes = [];
  let left = { x: 0, y: 0, width, height };
  for (let index = 0; index < areas.length; ) {
    const side = Math.min(left.width, left.height);
    let count = 1;
    while (index + count < areas.length && worst(areas.slice(index, index + count + 1), side) <= worst(areas.slice(index, index + count), side)) count += 1;
    const row = areas.slice(index, index + count);
    const thickness = side > 0 ? sum(row) / side : 0;
    let along = 0;
    for (const area of row) {
      const length = thickness > 0 ? area / thickness : 0;
      boxes.push(left.width >= left.height
        ? { x: left.x, y: left.y + along, width: thickness, height: length }
        : { x: left.x + along, y: left.y, width: length, height: thickness });
      along += length;
    }
    left = left.width >= left.height
      ? { x: left.x + thickness, y: left.y, width: Math.max(0, left.width - thickness), height: left.height }
      : { x: left.x, y: left.y + thickness, width: left.width, height: Math.max(0, left.height - thickness) };
    index += count;
  }
  return boxes;
}

/** @param {number[]} row */
const sum = (row) => row.reduce((total, one) => total + one, 0);

/** How far from square the worst of a row is. @param {number[]} row @param {number} side */
function worst(row, side) {
  const total = sum(row);
  return Math.max(...row.map((area) => Math.max((side * side * area) / (total * total), (total * total) / (side * side * area || 1e-9))));
}
