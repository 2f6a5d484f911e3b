package dev.clap4j.evaluation.quickstart;

import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Method;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws unseen images at random, regardless of their predictions, and classifies them with both probes. */
final class Samples {
    private static final int TOGETHER = 16;

    private final EncodedDataset unseen;
    private final QuickstartOptions options;

    Samples(EncodedDataset unseen, QuickstartOptions options) {
        this.unseen = unseen;
        this.options = options;
    }

    /** Draws images from every domain, excluding the labelled ones of the first draw. */
    List<Sample> draw(Method clip, Method clap) {
        FewShotSupport support = FewShotSupport.draw(unseen.dataset(), options.shots(), options.seed());
        FewShotProtocol protocol = new FewShotProtocol(unseen, ProbeOptions.OFFICIAL);
        List<Sample> samples = new ArrayList<>();
        List<Domain> domains = unseen.dataset().domains();
        for (int d = 0; d < domains.size(); d++) {
            int[] places = places(d, support, Math.max(1, TOGETHER / domains.size()));
            if (places.length > 0) {
                int[] byClip = answers(protocol, clip, d, support, places);
                int[] byClap = answers(protocol, clap, d, support, places);
                for (int i = 0; i < places.length; i++) {
                    samples.add(sample(domains.get(d), places[i], byClip[i], byClap[i]));
                }
            }
        }
        return samples;
    }

    private int[] places(int domain, FewShotSupport support, int count) {
        int size = unseen.images().get(domain).rows();
        int[] known = support.rows().get(domain);
        int[] places = IntStream.range(0, size)
                .filter(i -> IntStream.of(known).noneMatch(k -> k == i))
                .toArray();
        RandomGenerator random = new Streams(options.seed()).get("samples", domain);
        for (int i = 0; i < Math.min(count, places.length); i++) {
            int other = random.nextInt(i, places.length);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
        }
        return IntStream.of(places).limit(count).sorted().toArray();
    }

    private int[] answers(FewShotProtocol protocol, Method method, int domain, FewShotSupport support, int[] places) {
        LinearProbe probe = protocol.train(method, domain, support);
        return probe.predict(method.apply(unseen.images().get(domain).select(places)));
    }

    private Sample sample(Domain domain, int place, int clip, int clap) {
        LabelledImage image = domain.images().get(place);
        List<String> classes = unseen.dataset().classes();
        return new Sample(
                image.path().toString(),
                domain.name(),
                classes.get(image.label()),
                classes.get(clip),
                classes.get(clap));
    }
}
