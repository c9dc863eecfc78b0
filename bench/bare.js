/** A task as piscina alone runs it. */
export default ({ n }) => n + 1;
