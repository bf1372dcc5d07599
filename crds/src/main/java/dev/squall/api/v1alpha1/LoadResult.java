package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What became of one load's requests: offered = requests + dropped + interrupted, once it ended.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadResult(
    @JsonPropertyDescription("Name of the load.") @Required @Size(max = 64) String name,
    @JsonPropertyDescription("Its model: closed or open.") @Required LoadModel model,
    @JsonPropertyDescription("Whether it is a warm-up, outside of the result.") @Required
        boolean warmUp,
    @JsonPropertyDescription("Requests whose time had come, sent or not.") @Min(0) long offered,
    @JsonPropertyDescription("Completed requests.") @Min(0) long requests,
    @JsonPropertyDescription("Failures among them.") @Min(0) long failures,
    @JsonPropertyDescription(
            "Arrivals that were never sent, those still waiting when the load was over among them.")
        @Min(0) long dropped,
    @JsonPropertyDescription(
            "Requests cut off at the end of the graceful stop, and arrivals that waited when the run was told to end.")
        @Min(0) long interrupted,
    @JsonPropertyDescription("Queries of MLPerf's SingleStream or MultiStream.")
        @Nullable QueryResult queries,
    @JsonPropertyDescription("Its response times; absent unless a threshold names the load.")
        @Nullable ResponseTimes responseTime) {}
