package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Limit of a time. Set exactly one of percentile, statistic. */
@ValidationRule(
    value = "has(self.percentile) != has(self.statistic)",
    message = "set exactly one of percentile (for example 95) and statistic (Mean or Max)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResponseTimeThreshold(
    @JsonPropertyDescription(
            "Percentile, such as 95 or 99.9; judged on its distribution-free 95 % interval.")
        @Min(value = 0, inclusive = false) @Max(value = 100, inclusive = false) @Nullable Double percentile,
    @JsonPropertyDescription("Mean or Max.") @Nullable TimeStatistic statistic,
    @JsonPropertyDescription("The limit.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String below) {}
