package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A search for the highest level of one load that meets the thresholds. */
@ValidationRule(
    value = "has(self.users) != has(self.rate)",
    message =
        "set exactly one of users and rate: the levels to search, for example rate: {from: 10, to: 5000}")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Capacity(
    @JsonPropertyDescription("Load that is searched; the first that is no warm-up if absent.")
        @Size(min = 1, max = 40) @Nullable String load,
    @JsonPropertyDescription("Search the number of virtual users.") @Nullable LevelRange users,
    @JsonPropertyDescription("Search the arrival rate, in the load's own unit of time.")
        @Nullable LevelRange rate,
    @JsonPropertyDescription("How far below the true capacity the answer may be: 0.05 is 5 %.")
        @Default("0.05")
        @Min(0.01) @Max(0.5) double precision,
    @JsonPropertyDescription("How long a new level is left to settle before it is measured.")
        @Default("5s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String settle,
    @JsonPropertyDescription("How long a level is measured at most.")
        @Default("4m")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String trial,
    @JsonPropertyDescription(
            "How long the run that confirms the answer is measured at least; it goes on by itself where answers scatter.")
        @Default("2m")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String confirm,
    @JsonPropertyDescription("How long it is measured at most.")
        @Default("20m")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String confirmAtMost,
    @JsonPropertyDescription("After how long in all no further level is tried.")
        @Default("1h")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String atMost) {}
