package dev.clap4j.spark.job;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Method;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.spark.Encoders;
import dev.clap4j.internal.spark.HeadContent;
import dev.clap4j.internal.spark.evaluation.HeadPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --head}, as often as one likes, and {@code --alpha}: heads to be compared with CLIP. */
final class ComparedHeads {
    @Option(
            names = "--head",
            paramLabel = "[NAME=]FILE",
            description = "A head to compare with CLIP, read by the driver. Several heads need names: --head"
                    + " CLAP=a.safetensors --head Im.Aug=b.safetensors.")
    private List<String> heads = new ArrayList<>();

    @Option(
            names = "--alpha",
            paramLabel = "A,…",
            description =
                    "The alpha of every head; several with commas make several methods (default: each head's own).")
    private String alpha;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec job;

    /** Returns the values of alpha; empty for each head's own. */
    List<Float> alphas() {
        JobMain.wrongWhen(job, alpha != null && heads.isEmpty(), "--alpha applies to a head; give one with --head");
        List<Float> values = alpha == null
                ? List.of()
                : JobMain.checking(job, () -> AlphaChoice.parse(alpha)).values();
        JobMain.wrongWhen(
                job,
                alpha != null && values.isEmpty(),
                "--alpha is a number here; clap zeroshot --alpha auto chooses one");
        return values;
    }

    /** Reads the heads, each of which belongs to the model. */
    List<HeadPlan> read(ModelOption model) {
        Map<String, HeadPlan> plans = new LinkedHashMap<>();
        for (String word : heads) {
            int equals = word.indexOf('=');
            boolean named = equals > 0 && !word.substring(0, equals).contains("/");
            String file = named ? word.substring(equals + 1) : word;
            Head head = HeadContent.parse(file, HeadContent.read(file));
            Encoders.plan(model.name(), model.options(), Optional.of(head), Optional.empty());
            String name = named ? word.substring(0, equals).strip() : Method.name(head.info());
            List<Float> values = alpha == null ? List.of(head.info().alpha()) : alphas();
            if (name.equals(Method.CLIP.name()) || plans.put(name, HeadPlan.of(name, head, values)) != null) {
                throw new ClapException("Two methods are called " + name
                        + "; give each head its own name, as in --head CLAP=a.safetensors --head Im.Aug=b.safetensors");
            }
        }
        return List.copyOf(plans.values());
    }
}
