package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Weights;
import java.util.List;

/**
 * Deals a runner's share of every load out to its event loops. Where something goes decides when
 * and by whom it is sent, never what it is.
 */
final class Deal {
  private final Workload workload;
  private final Share share;
  private final List<Script> scripts;
  private final Draw draw;

  /** Users dealt so far: the next one goes to the next event loop. */
  private int dealt;

  Deal(Workload workload, Share share, EngineOptions options) {
    this.workload = workload;
    this.share = share;
    this.scripts =
        workload.scenarios().stream()
            .map(scenario -> new Script(scenario, workload.target(), options))
            .toList();
    this.draw = new Draw(workload.seed(), workload.lanes());
  }

  /** Adds to each event loop what is its own; one may be left without anything. */
  void to(List<UserLoop> loops) {
    for (int number = 0; number < workload.loads().size(); number++) {
      switch (workload.loads().get(number)) {
        case Load.Closed closed -> users(closed, number, loops);
        case Load.Open open -> throw new IllegalArgumentException("not wired: " + open);
        case Load.Queries queries -> throw new IllegalArgumentException("not wired: " + queries);
      }
    }
  }

  private void users(Load.Closed load, int number, List<UserLoop> loops) {
    List<Script> mine = scripts(load);
    Weights weights = weights(load);
    ClosedRun[] runs = new ClosedRun[loops.size()];
    int first = workload.firstLane(number);
    for (int n = 0; n < load.users().most(); n++) {
      int user = first + n;
      if (!share.owns(user)) {
        continue;
      }
      int at = dealt++ % loops.size();
      if (runs[at] == null) {
        runs[at] = new ClosedRun(loops.get(at), number, load);
        loops.get(at).add(runs[at]);
      }
      double drawn = draw.at(user, 0, 0).unit(Draw.SCENARIO, 0);
      runs[at].add(mine.get(weights.pick(drawn)), user, n);
    }
  }

  private List<Script> scripts(Load load) {
    return workload.scenariosOf(load).stream().map(scripts::get).toList();
  }

  private Weights weights(Load load) {
    return new Weights(
        workload.scenariosOf(load).stream()
            .mapToDouble(at -> workload.scenarios().get(at).weight())
            .toArray());
  }
}
