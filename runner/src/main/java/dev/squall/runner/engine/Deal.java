package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
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
        case Load.Open open -> arrivals(open, number, loops);
        case Load.Queries queries -> queries(queries, number, loops);
      }
    }
  }

  private void users(Load.Closed load, int number, List<UserLoop> loops) {
    Choice choice = choice(load);
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
      runs[at].add(choice.pick(draw, user, 0), user, n);
    }
  }

  /**
   * Arrivals go to runners, and a runner's to its event loops, in turn; the bound on those in
   * flight is split as evenly as it can be. An event loop without a slot gets no arrivals.
   */
  private void arrivals(Load.Open load, int number, List<UserLoop> loops) {
    int slots = share.users(load.maxInFlight());
    if (slots == 0) {
      throw new IllegalArgumentException(
          "load '%s': %d in flight over %d runners leaves some of them none; raise maxInFlight, or use fewer runners"
              .formatted(load.terms().name(), load.maxInFlight(), share.count()));
    }
    Choice choice = choice(load);
    long lane = workload.firstLane(number);
    long limit = choice.arrivalsWithRows(lane, workload.lanes());
    long end = load.terms().durationNanos().orElse(Timers.NEVER);
    int used = Math.min(loops.size(), slots);
    int opened = Math.min(slots, share.users(load.opened()));
    for (int i = 0; i < used; i++) {
      Share among = new Share(i, used);
      long first = share.index() + (long) share.count() * i;
      long stride = (long) share.count() * used;
      Dispatch.Part part = new Dispatch.Part(first, stride, among.users(slots), limit, end);
      loops
          .get(i)
          .add(new OpenRun(loops.get(i), number, load, choice, part, lane, among.users(opened)));
    }
  }

  private void queries(Load.Queries load, int number, List<UserLoop> loops) {
    if (share.index() == 0) {
      UserLoop loop = loops.getFirst();
      Choice choice = choice(load);
      long lane = workload.firstLane(number);
      long limit = choice.arrivalsWithRows(lane, workload.lanes());
      loop.add(new QueryRun(loop, number, load, choice, lane, limit));
    }
  }

  private Choice choice(Load load) {
    List<Integer> chosen = workload.scenariosOf(load);
    return new Choice(
        chosen.stream().map(scripts::get).toList(),
        chosen.stream().mapToDouble(at -> workload.scenarios().get(at).weight()).toArray(),
        workload.datasets());
  }
}
