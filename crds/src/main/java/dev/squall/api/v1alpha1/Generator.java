package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates a value, fresh for each request, from (seed, user, iteration, step, field name). Set
 * exactly one.
 */
@ValidationRule(
    value =
        "(has(self.integer) ? 1 : 0) + (has(self.number) ? 1 : 0) + (has(self.choice) ? 1 : 0) + (has(self.boolean) ? 1 : 0) + (has(self.string) ? 1 : 0) + (has(self.constant) ? 1 : 0) + (has(self.sequence) ? 1 : 0) + (has(self.uuid) ? 1 : 0) + (has(self.timestamp) ? 1 : 0) + (has(self.payload) ? 1 : 0) + (has(self.array) ? 1 : 0) + (has(self.column) ? 1 : 0) == 1",
    message =
        "set exactly one of integer, number, choice, boolean, string, constant, sequence, uuid, timestamp, payload, array and column")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Generator(
    @JsonPropertyDescription("A uniform integer.") @Nullable IntegerGenerator integer,
    @JsonPropertyDescription("A number: uniform, normal or exponential.")
        @Nullable NumberGenerator number,
    @JsonPropertyDescription("One of the listed values, by weight.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 128) @Nullable List<Choice> choice,
    @JsonPropertyDescription("true or false.") @JsonProperty("boolean")
        @Nullable BooleanGenerator bool,
    @JsonPropertyDescription("A string that matches a simple pattern.")
        @Nullable StringGenerator string,
    @JsonPropertyDescription("Always the same value.") @Nullable JsonLiteral constant,
    @JsonPropertyDescription(
            "Counts up: start + step × the number of the iteration, distinct over all users.")
        @Nullable SequenceGenerator sequence,
    @JsonPropertyDescription("A random UUID (version 4).") @Nullable UuidGenerator uuid,
    @JsonPropertyDescription(
            "The time at which the request was made; the one value not drawn from the seed.")
        @Nullable TimestampGenerator timestamp,
    @JsonPropertyDescription("Another payload, by name.")
        @Pattern(Patterns.REFERENCE) @Size(min = 1, max = 63) @Nullable String payload,
    @JsonPropertyDescription("An array of another payload's values.")
        @Nullable ArrayGenerator array,
    @JsonPropertyDescription(
            "A column of a dataset's row; all columns of one dataset in one request come from the same row.")
        @Nullable ColumnGenerator column) {}
