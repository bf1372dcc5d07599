package dev.squall.runner.engine;

import static dev.squall.runner.engine.EngineOptions.Transport.AUTO;
import static dev.squall.runner.engine.EngineOptions.Transport.EPOLL;
import static dev.squall.runner.engine.EngineOptions.Transport.IO_URING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SocketsTest {
  private static final String FORBIDDEN = "Operation not permitted";

  private static Throwable missing() {
    return new UnsatisfiedLinkError("no libc");
  }

  @Test
  void ioUringIsUsedWhereItIsAskedForAndAllowed() {
    assertThat(Sockets.choose(IO_URING, null, null))
        .isEqualTo(new Sockets.Choice(Sockets.IO_URING, null));
    assertThat(Sockets.choose(AUTO, null, null)).isEqualTo(new Sockets.Choice(Sockets.EPOLL, null));
  }

  @Test
  void whatIsNotAllowedIsReplacedAndSaid() {
    assertThat(Sockets.choose(IO_URING, FORBIDDEN, null))
        .isEqualTo(
            new Sockets.Choice(Sockets.EPOLL, "io_uring cannot be used: Operation not permitted"));
    assertThat(Sockets.choose(IO_URING, FORBIDDEN, missing()))
        .isEqualTo(
            new Sockets.Choice(
                Sockets.NIO,
                "io_uring cannot be used: Operation not permitted; epoll cannot be used: no libc"));
    assertThat(Sockets.choose(AUTO, null, missing()))
        .isEqualTo(new Sockets.Choice(Sockets.NIO, "epoll cannot be used: no libc"));
  }

  @Test
  void theReasonIsWhatIsAtTheBottomOfIt() {
    Throwable wrapped =
        new UnsatisfiedLinkError("no ring").initCause(new IOException("Operation not permitted"));
    assertThat(Sockets.why(wrapped)).isEqualTo("Operation not permitted");
    assertThat(Sockets.why(missing())).isEqualTo("no libc");
  }

  @Test
  void epollThatIsAskedForAndMissingIsAnError() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Sockets.choose(EPOLL, null, missing()))
        .withMessageContaining("no libc");
  }

  @Test
  void aKernelThatDoesNotReadByItselfHasNoIoUringForUs() {
    assertThat(Sockets.readsByItself("5.19.17")).isFalse();
    assertThat(Sockets.readsByItself("6.2.16-generic")).isFalse();
    assertThat(Sockets.readsByItself("6.3.0-rc1")).isTrue();
    assertThat(Sockets.readsByItself("6.18.44-cloud-amd64")).isTrue();
    assertThat(Sockets.readsByItself("10.1")).isTrue();
    assertThat(Sockets.readsByItself("unknown")).isFalse();
  }
}
