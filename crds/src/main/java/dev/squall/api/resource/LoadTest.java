package dev.squall.api.resource;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.LoadTestStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code LoadTest.squall.dev/v1alpha1}. */
@Group("squall.dev")
@Version("v1alpha1")
@Kind("LoadTest")
@Plural("loadtests")
@Singular("loadtest")
@ShortNames("ldt")
public final class LoadTest extends CustomResource<LoadTestSpec, LoadTestStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
