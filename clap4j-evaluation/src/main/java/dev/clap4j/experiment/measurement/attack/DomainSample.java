package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.internal.run.Streams;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A random subset of a data set, small enough for attacks. */
public final class DomainSample {
    private DomainSample() {}

    /**
     * Draws images of each domain regardless of class, keeping their order. The draw
     * in a domain is independent of the other domains, and a larger sample of the same seed includes the smaller.
     */
    public static Dataset draw(Dataset dataset, int perDomain, long seed) {
        Streams streams = new Streams(seed);
        List<Domain> domains = dataset.domains().stream()
                .map(domain -> new Domain(
                        domain.name(),
                        places(domain.images().size(), perDomain, streams.get("attack sample " + domain.name(), 0))
                                .mapToObj(domain.images()::get)
                                .toList()))
                .toList();
        return new Dataset(dataset.root(), dataset.classes(), domains, dataset.unreadable());
    }

    /** Chooses indices by the first steps of a Fisher–Yates shuffle. */
    private static IntStream places(int n, int count, RandomGenerator random) {
        int[] places = IntStream.range(0, n).toArray();
        int kept = Math.min(count, n);
        for (int i = 0; i < kept; i++) {
            int other = random.nextInt(i, n);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
        }
        return IntStream.of(places).limit(kept).sorted();
    }
}
