-- Everything remembered about unknown rows, the latest first.
SELECT fingerprint, mapping, saved FROM mapping ORDER BY saved DESC, fingerprint
