package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainTest {
  @Test
  void itDoesWhatADequeDoes() {
    Random random = new Random(3);
    Chain<Integer> chain = new Chain<>();
    Deque<Integer> deque = new ArrayDeque<>();
    List<Chain.Link<Integer>> links = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      links.add(new Chain.Link<>(i));
    }
    for (int i = 0; i < 20_000; i++) {
      int one = random.nextInt(links.size());
      switch (random.nextInt(5)) {
        case 0 -> assertThat(chain.takeFirst()).isEqualTo(deque.pollFirst());
        case 1 -> assertThat(chain.takeLast()).isEqualTo(deque.pollLast());
        case 2 -> assertThat(chain.remove(links.get(one))).isEqualTo(deque.remove(one));
        default -> {
          if (!deque.contains(one)) {
            chain.add(links.get(one));
            deque.addLast(one);
          }
        }
      }
      assertThat(chain.size()).isEqualTo(deque.size());
    }
  }

  @Test
  void aThingIsInItOnce() {
    Chain<String> chain = new Chain<>();
    Chain.Link<String> link = new Chain.Link<>("a");
    chain.add(link);
    assertThatIllegalStateException().isThrownBy(() -> chain.add(link));
  }
}
