package dev.squall.operator;

import dev.squall.operator.accept.Acceptance;
import dev.squall.operator.accept.AllowedTargets;
import dev.squall.operator.desired.ClusterSettings;
import dev.squall.operator.observe.CoordinatorClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** What the settings amount to, for the reconcilers. */
final class Wiring {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  CoordinatorClient coordinators() {
    return new CoordinatorClient();
  }

  @Produces
  @Singleton
  Acceptance acceptance(Settings settings) {
    return new Acceptance(new AllowedTargets(settings.allowedTargets().orElse(List.of())));
  }

  @Produces
  @Singleton
  ClusterSettings cluster(Settings settings) {
    return new ClusterSettings(
        settings.runnerImage(),
        settings.runnerImagePullPolicy(),
        settings.imagePullSecrets().orElse(List.of()),
        settings.runnerCpus(),
        settings.clusterDomain(),
        settings.namespace(),
        settings.scrapeNamespaces());
  }

  @Produces
  @Singleton
  @LookupIfProperty(name = "squall.leader-election", stringValue = "true")
  LeaderElectionConfiguration leaderElection(Settings settings) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("squall-operator")
        .withLeaseNamespace(settings.namespace())
        .build();
  }
}
