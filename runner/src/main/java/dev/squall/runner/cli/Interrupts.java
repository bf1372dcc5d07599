package dev.squall.runner.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and SIGTERM, counted: the first ends gracefully, the second at once. A shutdown hook would
 * see only the first, and the JDK has no other API for signals than {@code sun.misc.Signal}, which
 * the compiler's gate refuses by name.
 */
final class Interrupts {
  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

  private Interrupts() {}

  /** Calls with 1 at the first signal, 2 at the second, and so on. */
  static void onEach(IntConsumer action) {
    AtomicInteger count = new AtomicInteger();
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                Thread.ofVirtual().start(() -> action.accept(count.incrementAndGet()));
                yield null;
              }
              case "equals" -> arguments != null && proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "Interrupts";
            };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              signalHandler.getClassLoader(), new Class<?>[] {signalHandler}, handler);
      for (String name : new String[] {"INT", "TERM"}) {
        signal
            .getMethod("handle", signal, signalHandler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      LOG.warn("Ctrl-C ends this program without writing the results", e);
    }
  }
}
