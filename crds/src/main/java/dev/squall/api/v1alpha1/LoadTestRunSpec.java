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

/** One execution of a LoadTest. */
@ValidationRule(
    value = "!has(oldSelf.test) || has(self.test)",
    message = "test is immutable once set: it cannot be removed")
@ValidationRule(
    value = "!has(oldSelf.generation) || has(self.generation)",
    message = "generation is immutable once set: it cannot be removed")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadTestRunSpec(
    @JsonPropertyDescription(
            "Name of the LoadTest in the same namespace. A run created by hand with this alone runs the LoadTest once more.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) @ValidationRule(
            value = "self == oldSelf",
            message = "loadTest is immutable: create another LoadTestRun")
        String loadTest,
    @JsonPropertyDescription("Generation of the LoadTest that is frozen here; set by the operator.")
        @Min(1) @Max(9_007_199_254_740_991d) @ValidationRule(value = "self == oldSelf", message = "generation is immutable once set")
        @Nullable Long generation,
    @JsonPropertyDescription(
            "The LoadTest's spec, frozen: set once by the operator, then immutable.")
        @ValidationRule(
            value = "self == oldSelf",
            message = "test is immutable once set: change the LoadTest, which starts a new run")
        @Nullable LoadTestSpec test) {}
