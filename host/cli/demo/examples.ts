// What the demo feeds the host: two contexts as an agent would write them, and one program nobody should run.

/** A customer, as the founding documents of this kind of host describe one. */
export const CUSTOMER_CONTEXT = {
  customer: { industry: 'SaaS', size: '500-1000', pain_points: ['high churn', 'low engagement'] },
};

/** What that customer's case is calculated from. */
export const INVESTMENT = { investment: 50_000, annualCost: 12_000, customers: 1200, arpaMonthly: 250 };

/** A price book; the stage is added for each of the three tools. */
export const PRICE_BOOK = {
  product: 'Acme Analytics',
  illustrative: true,
  discountAuthority: 0.1,
  approvals: [{ upTo: 0.25, by: 'sales director' }],
  plans: [
    {
      id: 'team',
      title: 'Team',
      suits: 'Departments that report together',
      price: 12.5,
      volume: { bands: [{ from: 201, discount: 0.15 }] },
    },
  ],
};

/** The stages of a deal, and what a seller asks the tool at each. */
export const STAGES = [
  { stage: 'discovery', input: { plan: 'team', quantity: 500 } },
  { stage: 'negotiation', input: { plan: 'team', quantity: 500, requestedDiscount: 0.2 } },
  { stage: 'closing', input: { plan: 'team', quantity: 500, requestedDiscount: 0.1 } },
] as const;

/** A loop inside V8 itself: neither a timeout nor the end of its thread interrupts it, only the end of its process. */
export const HOSTILE_TOOL = {
  manifest: {
    name: 'hostile',
    description: 'Loops where V8 cannot be interrupted.',
    inputSchema: { type: 'object' },
    limits: { cpuMs: 300, wallMs: 1000 },
  },
  source: [
    "import { defineTool } from 'glovebox';",
    'export default defineTool({',
    '  async run() {',
    '    return { at: Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1) };',
    '  },',
    '});',
  ].join('\n'),
};
