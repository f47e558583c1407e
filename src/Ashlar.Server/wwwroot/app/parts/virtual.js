import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * Which part of a long list is seen: only that is drawn, however long the list is.
 * @param {{ current: HTMLElement | null }} box What scrolls.
 * @param {{ current: HTMLElement | null }} [content] What moves in it, where something stands above.
 * @returns {{ top: number, height: number, width: number }} Pixels of the content.
 */
export function useWindow(box, content) {
  const [seen, setSeen] = useState({ top: 0, height: 800, width: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) {
      return;
    }
    let frame = 0;
    const measure = () => {
      frame = 0;
      const above = content?.current ? content.current.offsetTop - element.offsetTop : 0;
      const top = Math.max(0, element.scrollTop - above);
      setSeen(before => (before.top === top && before.height === element.clientHeight && before.width === element.clientWidth
        ? before
        : { top, height: element.clientHeight, width: element.clientWidth }));
    };
    const later = () => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    element.addEventListener('scroll', later, { passive: true });
    const observer = new ResizeObserver(later);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', later);
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [box.current]);
  return seen;
}

/**
 * The rows of a list with rows of one height that are seen, and some around them.
 * @param {{ top: number, height: number }} seen
 * @param {number} count
 * @param {number} rowHeight
 * @param {number} [around]
 */
export function visibleRows(seen, count, rowHeight, around = 8) {
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - around);
  const end = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + around);
  return { first, end: Math.max(first, end) };
}

/** Whether an element is, or nearly is, on the screen. */
export function useVisible() {
  const element = useRef(/** @type {HTMLElement | null} */ (null));
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    if (!element.current) {
      return;
    }
    const observer = new IntersectionObserver(entries => setVisible(entries[entries.length - 1].isIntersecting), { rootMargin: '200px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, isVisible };
}
