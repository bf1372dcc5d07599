package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A file of rows. Set exactly one of configMap, volume. */
@ValidationRule(
    value = "has(self.configMap) != has(self.volume)",
    message = "set exactly one of configMap and volume")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Dataset(
    @JsonPropertyDescription("Name of the dataset.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) String name,
    @JsonPropertyDescription("A key of a ConfigMap.") @Nullable ConfigMapFile configMap,
    @JsonPropertyDescription("A file on a PersistentVolumeClaim.") @Nullable VolumeFile volume,
    @JsonPropertyDescription(
            "Csv with a header line, or JsonLines: an object a line, for a replay only.")
        @Default("Csv")
        DatasetFormat format,
    @JsonPropertyDescription("Which row a request takes.") @Default("InOrder") DatasetOrder order) {
  /** A spec that was written before format was a field has none. */
  public Dataset {
    format = format == null ? DatasetFormat.Csv : format;
  }
}
