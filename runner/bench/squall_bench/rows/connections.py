"""A connection for each request, from a second network namespace over veth, 5,000 a second.

Here the server closes first: clients ask for it with `Connection: close`, as they do when told not to keep alive.
"""

from contextlib import nullcontext
from dataclasses import replace

from ..bench import Bench, interleaved
from ..contenders import at_rate
from ..load import Load, Unavailable
from ..measure import Window
from ..namespace import Namespace
from ..nginx import Nginx
from ..report import Table, cpu_table

RATE = 5_000
TITLE = f"A connection per request over veth, {RATE:,}/s, the server closes first"


def row(bench: Bench) -> Table:
    window = Window(5, 10) if bench.quick else Window(10, 180)
    try:
        with Namespace() as there:
            folder = bench.folder / "targets" / "connections"
            with Nginx(folder, bench.server_core, address=there.address) as target:
                load = Load(target.url, window.run_seconds(), keep_alive=False)
                contenders = [replace(one, load=load if one.name == "wrk" else one.load) for one in at_rate(load, RATE)]
                runs = interleaved(bench, "connections", contenders, lambda *_: nullcontext(target), window, bench.rounds, there.prefix)
    except Unavailable as reason:
        return Table("connections", TITLE, ["client"], notes=[str(reason)])
    table = cpu_table("connections", TITLE, runs, "wrk")
    table.notes.append("wrk has no rate and connects as fast as it can")
    return table
