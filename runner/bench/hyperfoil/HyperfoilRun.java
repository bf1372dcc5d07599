import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalBenchmarkData;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.core.parser.BenchmarkParser;
import io.hyperfoil.http.statistics.HttpStats;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs a benchmark of Hyperfoil's form in this process, as its command line does without agents, and prints what its own
 * statistics say of all phases together, as one line of JSON on stdout.
 *
 * <p>What else Hyperfoil says is on stdout before that line, or on stderr. A phase that fails ends it with status 1.
 */
final class HyperfoilRun {

    public static void main(String[] arguments) {
        int status = 1;
        try {
            System.out.println(json(run(Path.of(arguments[0]))));
            status = 0;
        } catch (Exception failed) {
            failed.printStackTrace();
            System.err.println(failed); // last, where it is looked for
        }
        // Its event loops are not daemons, and take their time to end.
        System.exit(status);
    }

    private static StatisticsSnapshot run(Path file) throws Exception {
        Benchmark benchmark;
        try (InputStream yaml = Files.newInputStream(file)) {
            benchmark = BenchmarkParser.instance().buildBenchmark(yaml, new LocalBenchmarkData(file.toAbsolutePath()), Map.of());
        }
        StatisticsSnapshot total = new StatisticsSnapshot();
        new LocalSimulationRunner(benchmark, (phase, step, metric, its, countDown) -> total.add(its), null, null).run();
        return total;
    }

    private static String json(StatisticsSnapshot total) {
        return """
            {"requests": %d, "responses": %d, "status2xx": %d, "invalid": %d, "connectionErrors": %d, "requestTimeouts": %d, \
            "internalErrors": %d, "p99Nanos": %d}"""
                .formatted(
                        total.requestCount,
                        total.responseCount,
                        HttpStats.get(total).status_2xx,
                        total.invalid,
                        total.connectionErrors,
                        total.requestTimeouts,
                        total.internalErrors,
                        total.histogram.getValueAtPercentile(99));
    }
}
