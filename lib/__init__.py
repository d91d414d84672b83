"""bytes → `Sheet` → `ColumnMapping` → `Checked` → `Plan` of `Change`s against the live `Item`s → `Batch`es → PATCH
→ `Outcome`s → a `Run`.

Each arrow is one function. Imports look one way: `app → pages → {workflow, runs.service} → {stages, runs, reports} →
{fields, webflow, journal} → model → settings → errors`; `sandbox` stands alone.
"""
