"""Bulk scans: records in, one row of JSON out for each, whatever happens in between.

    sources → records → batches → crew (processes, or Ray) → rows → output and journal

The output is the same, byte for byte, whether a scan ran in one go or was killed and taken up again. `guardkit scan` is
a thin edge of `guardkit.scan.run`, and `guardkit.adapters.ray` and `.frame` of `guardkit.scan.checking`.
"""
