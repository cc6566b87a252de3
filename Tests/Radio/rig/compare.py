"""What straps sent beside what was recorded."""

from dataclasses import dataclass, field


@dataclass
class Verdict:
    sent: int = 0
    recorded: int = 0
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)

    def __str__(self):
        return f"{self.sent} packets sent, {len(self.lost)} lost, {len(self.doubled)} doubled"


def compare(straps, packets, forgiven=()):
    """Aligns each strap's packets in order.

    A packet that was sent and is not recorded is lost, unless it was sent within a time span that is forgiven: the scenario took
    the link down there. One that was recorded and not sent, or twice, is doubled.
    """
    verdict = Verdict()
    for strap in straps:
        rows = [bytes.fromhex(row["raw_hex"]) for row in packets if row["strap"] == strap.label]
        at = 0
        for sent in strap.sent:
            if at < len(rows) and rows[at] == sent.payload:
                at += 1
            elif not any(start <= sent.time <= end for start, end in forgiven):
                verdict.lost.append((strap.name, sent.payload.hex()))
        verdict.doubled += [(strap.name, row.hex()) for row in rows[at:]]
        verdict.sent += len(strap.sent)
        verdict.recorded += len(rows)
    return verdict


def beats_agree(straps, packets, beats):
    """Beats recorded for each strap are the intervals of its packets, in order; raw is never changed."""
    wrong = []
    for strap in straps:
        codes = {row["code"] for row in packets if row["strap"] == strap.label}
        intervals = [ticks for row in packets if row["strap"] == strap.label for ticks in intervals_of(bytes.fromhex(row["raw_hex"]))]
        recorded = [int(row["rr_1024"]) for row in beats if row["code"] in codes]
        if intervals != recorded:
            wrong.append(strap.name)
    return wrong


def intervals_of(payload):
    """RR intervals of a Heart Rate Measurement (HRS 1.0, 3.1.1): whole ones only, and 0 is none."""
    if not payload or not payload[0] & 16:
        return []
    at = 1 + (2 if payload[0] & 1 else 1) + (2 if payload[0] & 8 else 0)
    tail = payload[at:]
    return [ticks for ticks in (tail[i] | tail[i + 1] << 8 for i in range(0, len(tail) - 1, 2)) if ticks]
