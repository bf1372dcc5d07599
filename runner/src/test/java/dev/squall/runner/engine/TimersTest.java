package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final class Note extends Timers.Timer {
    private final List<Note> fired;
    private long expected = Timers.NEVER;

    Note(List<Note> fired) {
      this.fired = fired;
    }

    @Override
    void fire(long nowNanos) {
      fired.add(this);
    }
  }

  @Test
  void everyTimerFiresOnceWhenItsLastSetTimeHasCome() {
    Random random = new Random(7);
    Timers timers = new Timers();
    List<Note> fired = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      notes.add(new Note(fired));
    }
    for (long now = 0; now < 20_000; now += 1 + random.nextInt(5)) {
      Note note = notes.get(random.nextInt(notes.size()));
      int what = random.nextInt(8);
      if (what < 2) {
        if (what == 0) {
          timers.cancel(note);
        } else {
          timers.forget(note);
        }
        note.expected = Timers.NEVER;
      } else {
        note.expected = now + random.nextInt(500);
        timers.set(note, note.expected);
      }
      long due = now;
      List<Note> expected = notes.stream().filter(n -> n.expected <= due).toList();
      long next = notes.stream().mapToLong(n -> n.expected).min().orElseThrow();
      assertThat(timers.nextNanos()).isLessThanOrEqualTo(next);
      // Timers that were moved to later are put right first, so one call may not reach all.
      while (timers.nextNanos() <= now) {
        timers.fireDue(now);
      }
      assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
      fired.forEach(n -> n.expected = Timers.NEVER);
      fired.clear();
    }
  }

  @Test
  void timersFireInTheOrderOfTheirTimes() {
    Timers timers = new Timers();
    List<Note> fired = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Note note = new Note(fired);
      note.expected = (i * 37L) % 100;
      timers.set(note, note.expected);
    }
    timers.fireDue(100);
    // The sockets have their turn before the rest.
    assertThat(fired).hasSize(64);
    timers.fireDue(100);
    assertThat(fired)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Long.compare(a.expected, b.expected));
  }

  @Test
  void whatIsSetToNowWhileFiringIsCalledInTheNextGoAfterTheSocketsTurn() {
    Timers timers = new Timers();
    List<Note> fired = new ArrayList<>();
    Note other = new Note(fired);
    Note late = new Note(fired);
    int[] count = {0};
    timers.set(
        new Timers.Timer() {
          @Override
          void fire(long nowNanos) {
            timers.set(this, nowNanos - 3);
            if (count[0]++ == 0) {
              timers.set(other, nowNanos);
              // Moved while it stands in the heap already.
              timers.set(late, nowNanos);
            }
          }
        },
        5);
    timers.set(late, 1_000);
    for (int go = 1; go <= 3; go++) {
      timers.fireDue(10L * go);
      assertThat(count[0]).isEqualTo(go);
      assertThat(fired).hasSize(go == 1 ? 0 : 2);
      // What waits for the next go is due: the event loop does not sleep.
      assertThat(timers.nextNanos()).isLessThanOrEqualTo(10L * go + 1);
    }
  }

  @Test
  void aTimerThatFailsLeavesTheOthersTheirTimes() {
    Timers timers = new Timers();
    List<Note> fired = new ArrayList<>();
    timers.set(
        new Timers.Timer() {
          @Override
          void fire(long nowNanos) {
            throw new IllegalStateException("meant");
          }
        },
        5);
    assertThatIllegalStateException().isThrownBy(() -> timers.fireDue(10));
    timers.set(new Note(fired), 7);
    assertThat(timers.nextNanos()).isEqualTo(7);
    timers.fireDue(10);
    assertThat(fired).hasSize(1);
  }
}
