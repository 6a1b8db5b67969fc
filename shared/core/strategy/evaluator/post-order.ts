// A walk that depth does not hurt.

/** Visits children before parents, each object once, without recursion. */
export function postOrder<Value>(
  root: Value,
  below: (value: Value) => readonly Value[],
  done: ReadonlyMap<Value, number>,
  visit: (value: Value) => void,
): void {
  const open = [{ value: root, children: below(root), next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.children[top.next];
    top.next += 1;
    if (child === undefined) {
      open.pop();
      if (!done.has(top.value)) visit(top.value);
    } else if (!done.has(child)) {
      open.push({ value: child, children: below(child), next: 0 });
    }
  }
}
