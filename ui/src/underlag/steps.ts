// The steps within Underlag, in the order one meets them.
export const STEPS = [
  { id: '', name: 'Källor' },
  { id: 'rapporter', name: 'Egna rapporter' },
  { id: 'ord', name: 'Ord från dialogerna' },
  { id: 'kategorier', name: 'Kategorier och teman' },
  { id: 'minnen', name: 'Ihågkomna svar' },
];
