/**
 * The stake-weighted median as a picture: every validator a bar as wide as its stake and as high as its weight, the highest first. The
 * stairs come down; where they cross kappa of the stake is consensus, and what stands above it is clipped away.
 */
import type { Clip } from "../engine/types.js";

const WIDTH = 460;
const HEIGHT = 190;
/** Room for the figures at the axes. */
const FLOOR = 24;
const ROOF = 18;

/** The picture, with what it shows as a sentence for those who do not see it. */
export function ClipPicture({ clip, uid }: { readonly clip: Clip; readonly uid: number }) {
  const { votes, consensus, kappa } = clip;
  const stake = votes.reduce((sum, vote) => sum + vote.stake, 0) || 1;
  const highest = Math.max(...votes.map((vote) => vote.weight), consensus) || 1;
  const x = (part: number) => (part / stake) * WIDTH;
  const y = (weight: number) => ROOF + (1 - weight / highest) * (HEIGHT - ROOF - FLOOR);
  const floor = HEIGHT - FLOOR;
  let passed = 0;
  const bars = votes.map((vote) => {
    const from = passed;
    passed += vote.stake;
    return { ...vote, from: x(from), width: Math.max(x(vote.stake) - 0.5, 0.3) };
  });
  const above = votes.filter((vote) => vote.weight > consensus).reduce((sum, vote) => sum + vote.stake, 0);
  const percent = (part: number) => `${((100 * part) / stake).toFixed(1)} %`;
  const label = `Validators with ${percent(above)} of the voting stake give uid ${uid} more than consensus and are clipped; ${percent(stake - above)} give as much or less.`;
  const kappaAt = Math.min(x(kappa), WIDTH);
  return (
    <figure class="clip">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {bars.map((bar) => (
          <g key={bar.uid}>
            <title>{`uid ${bar.uid}: weight ${bar.weight.toFixed(6)}, ${percent(bar.stake)} of the stake`}</title>
            <rect
              class="kept"
              x={bar.from}
              width={bar.width}
              y={y(Math.min(bar.weight, consensus))}
              height={floor - y(Math.min(bar.weight, consensus))}
            />
            {bar.weight > consensus && (
              <rect
                class="cut"
                x={bar.from}
                width={bar.width}
                y={y(bar.weight)}
                height={y(consensus) - y(bar.weight)}
              />
            )}
          </g>
        ))}
        <line class="consensus" x1={0} x2={WIDTH} y1={y(consensus)} y2={y(consensus)} />
        <line class="kappa" x1={kappaAt} x2={kappaAt} y1={4} y2={floor} />
        <text x={kappaAt + 5} y={13}>
          kappa
        </text>
        <text x={WIDTH} y={y(consensus) - 5} text-anchor="end">
          consensus {consensus.toFixed(5)}
        </text>
        <line class="axis" x1={0} x2={WIDTH} y1={floor} y2={floor} />
        <text x={0} y={HEIGHT - 7}>
          0
        </text>
        <text x={WIDTH / 2} y={HEIGHT - 7} text-anchor="middle">
          stake of the voting validators, highest weight first
        </text>
        <text x={WIDTH} y={HEIGHT - 7} text-anchor="end">
          100 %
        </text>
      </svg>
      <figcaption>
        <span class="swatch cut" /> {percent(above)} of the stake above the clip
        <span class="swatch kept" /> what counts
      </figcaption>
    </figure>
  );
}
