// A chart as SVG, drawn without a browser. Colours are variables of the page, so that one drawing serves light, dark and print.
// It refuses to know what is drawn.
import type { EChartsOption } from 'echarts';
import echarts from 'echarts/dist/echarts.common.min';
import { Html } from '../html.ts';

/** In pixels of the drawing. Text has 12 of them in either: a narrow one is for phones, not a wide one made small. */
export interface Frame {
  readonly kind: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
}

export function frames(height = 300): readonly Frame[] {
  return [
    { kind: 'wide', width: 960, height },
    { kind: 'narrow', width: 358, height: Math.round(height * 0.8) },
  ];
}

/** @param id of this drawing alone: what is named inside it is named after it. @param label what whoever cannot see it is told. */
export function drawChart(id: string, frame: Frame, label: string, option: EChartsOption): Html {
  const { kind, width, height } = frame;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: 'inherit', fontSize: 12 },
      useUTC: true,
      ...option,
    });
    const drawing = cleaned(id, chart.renderToSVGString());
    const escaped = label.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return new Html(
      `<svg class="${kind}" role="img" aria-label="${escaped}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet">${drawing}</svg>`,
    );
  } finally {
    chart.dispose();
  }
}

/**
 * What is inside the drawing, without what is for a mouse. Names count up with every chart that the process draws: they are
 * replaced by our own, so that the same figures give the same bytes.
 */
function cleaned(id: string, svg: string): string {
  const inside = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
  return (
    inside
      .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
      .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, '')
      .replace(/ (?:class="zr[^"]*"|pointer-events="[^"]*"|ecmeta_[a-z_]+="[^"]*")/g, '')
      // The page says how text looks.
      .replace(/(<text[^>]*?) style="[^"]*"/g, '$1')
      .replace(/zr\d+-/g, `${id}-`)
      .replace(/\s*\n\s*/g, '')
      .replaceAll('<defs >', '<defs>')
  );
}
