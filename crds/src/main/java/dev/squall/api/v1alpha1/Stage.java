package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A part of a load profile: how a level (users, or a rate) moves. Set exactly one. */
@ValidationRule(
    value =
        "(has(self.ramp) ? 1 : 0) + (has(self.step) ? 1 : 0) + (has(self.hold) ? 1 : 0) + (has(self.spike) ? 1 : 0) + (has(self.sine) ? 1 : 0) == 1",
    message = "set exactly one of ramp, step, hold, spike and sine")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stage(
    @JsonPropertyDescription("Moves to a level.") @Nullable StageRamp ramp,
    @JsonPropertyDescription("Jumps to a level and stays there.") @Nullable StageStep step,
    @JsonPropertyDescription("Stays at the level reached.") @Nullable StageHold hold,
    @JsonPropertyDescription("A short surge and back.") @Nullable StageSpike spike,
    @JsonPropertyDescription("Swings around a level.") @Nullable StageSine sine) {}
