package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.arrival.RecordedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Arrivals that are due at 0, 1, 2 … ns. */
class DispatchTest {
  private static final int ARRIVALS = 40;

  /** Numbers of the arrivals sent, and the slots they were sent by. */
  private final List<Long> sent = new ArrayList<>();

  private final List<Integer> slots = new ArrayList<>();
  private final List<Long> queueing = new ArrayList<>();

  private Dispatch with(int slotCount) {
    return new Dispatch(
        RecordedSchedule.of(LongStream.range(0, ARRIVALS).toArray(), 1),
        new Dispatch.Part(0, 1, slotCount, ARRIVALS, Long.MAX_VALUE),
        Load.Overflow.WAIT,
        0,
        (slot, arrival, intended, queued, now) -> {
          sent.add(arrival);
          slots.add(slot);
          queueing.add(queued);
        });
  }

  @Test
  void anArrivalThatWaitsForASlotTakesItAtOnce() {
    Dispatch dispatch = with(1);
    dispatch.due(0);
    dispatch.freed(slots.getFirst(), 10);
    assertThat(sent).containsExactly(0L, 1L);
    assertThat(queueing).containsExactly(0L, 9L);
  }

  @Test
  void whatHasASlotIsSentWhenItsTimeHasComeAndNotBeforeOtherAnswersAreRead() {
    Dispatch dispatch = with(8);
    dispatch.due(0);
    dispatch.freed(slots.getFirst(), 10);
    assertThat(sent).containsExactly(0L);
    assertThat(dispatch.nextNanos()).as("what is due").isEqualTo(1);
    dispatch.due(10);
    assertThat(sent).startsWith(0L, 1L);
    assertThat(queueing).containsOnly(0L);
  }

  @Test
  void manyThatAreDueAreSentInParts() {
    Dispatch dispatch = with(ARRIVALS);
    dispatch.due(ARRIVALS);
    assertThat(sent).hasSizeBetween(1, 4);
    while (dispatch.nextNanos() <= ARRIVALS) {
      dispatch.due(ARRIVALS);
    }
    assertThat(sent).isEqualTo(LongStream.range(0, ARRIVALS).boxed().toList());
  }
}
