"""bytes → `Sheet` → `ColumnMapping` → `Checked` → `Plan` of `Change`s against the live `Item`s → `Batch`es of at most
100 → PATCH or POST → `Outcome`s → a `Run` in the `Journal`.

Each arrow is one function. Imports look one way: `app → pages → {workflow, runs.service} → {stages, runs, reports} →
{fields, webflow, journal} → model → settings → errors`; `sandbox` stands alone.
"""
