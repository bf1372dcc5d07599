package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a value in a JSON body must be like. Set exactly one of equals, in, range, exists. */
@ValidationRule(
    value =
        "(has(self.equals) ? 1 : 0) + (has(self.__in__) ? 1 : 0) + (has(self.range) ? 1 : 0) + (has(self.exists) ? 1 : 0) == 1",
    message = "set exactly one of equals, in, range and exists")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonExpectation(
    @JsonPropertyDescription("JSONPath of the value.") @Required @Size(min = 1, max = 512) String path,
    @JsonPropertyDescription("The value must equal this.") @JsonProperty("equals")
        @Nullable JsonLiteral equalTo,
    @JsonPropertyDescription("The value must be one of these.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64) @Nullable List<JsonLiteral> in,
    @JsonPropertyDescription("The value must be a number in this range.") @Nullable Range range,
    @JsonPropertyDescription("Whether the path must lead to a value.") @Nullable Boolean exists) {}
