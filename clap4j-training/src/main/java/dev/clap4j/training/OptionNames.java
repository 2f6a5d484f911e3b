package dev.clap4j.training;

import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.InfoNce;
import dev.clap4j.training.objective.NtXent;
import dev.clap4j.training.objective.PairLoss;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Converts options to a map by command-line name, for provenance and for comparing runs. */
final class OptionNames {
    private OptionNames() {}

    static Map<String, String> describe(ClapOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        network(all, options.network());
        objective(all, options.objective());
        all.put("augment", options.augmentation().describe());
        all.put("noise-vectors", String.valueOf(options.noise().vectors()));
        all.put("noise-std", String.valueOf(options.noise().std()));
        fit(all, options);
        return all;
    }

    static Map<String, String> describe(ImAugOptions options) {
        Map<String, String> all = new LinkedHashMap<>();
        network(all, options.network());
        all.put("loss", name(options.objective().images()));
        all.put("tau", String.valueOf(options.objective().images().temperature()));
        all.put("augment", options.augmentation().describe());
        all.put("views", options.views().describe());
        fit(all, options);
        return all;
    }

    private static void fit(Map<String, String> all, HeadOptions options) {
        all.put("batch", String.valueOf(options.batchSize()));
        all.put("lr", String.valueOf(options.learningRate()));
        all.put("steps", String.valueOf(options.schedule().maxSteps()));
        all.put("check-every", String.valueOf(options.schedule().checkEvery()));
        all.put("patience", String.valueOf(options.schedule().patience()));
        all.put("delta", String.valueOf(options.schedule().minImprovement()));
        all.put("alpha", String.valueOf(options.alpha()));
    }

    private static void network(Map<String, String> all, ResidualMlp network) {
        all.put("latent", String.valueOf(network.latentDim()));
        all.put("out-dim", String.valueOf(network.outDim()));
        all.put("repeat", String.valueOf(network.repeat()));
        all.put("activation", network.activation().name().toLowerCase(Locale.ROOT));
    }

    private static void objective(Map<String, String> all, ClapObjective objective) {
        String text = name(objective.text());
        String content = name(objective.content());
        all.put("loss", text.equals(content) ? text : text + "," + content);
        all.put("tau", String.valueOf(objective.text().temperature()));
        all.put("tau-content", String.valueOf(objective.content().temperature()));
        all.put("lambda", String.valueOf(objective.contentWeight()));
    }

    private static String name(PairLoss loss) {
        if (loss instanceof NtXent) {
            return "nt_xent";
        }
        return loss instanceof InfoNce ? "info_nce" : "symmetric";
    }
}
