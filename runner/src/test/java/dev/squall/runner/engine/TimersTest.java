package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
  void aTimerSetToNowWhileFiringDoesNotKeepTheLoopFromItsSockets() {
    Timers timers = new Timers();
    int[] count = {0};
    timers.set(
        new Timers.Timer() {
          @Override
          void fire(long nowNanos) {
            count[0]++;
            timers.set(this, nowNanos);
          }
        },
        5);
    timers.fireDue(10);
    assertThat(count[0]).isEqualTo(1);
  }
}
