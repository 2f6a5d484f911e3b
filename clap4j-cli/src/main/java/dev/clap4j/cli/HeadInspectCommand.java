package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clap head inspect}: reads a head, all of it, and says what it is. */
@Command(
        name = "inspect",
        description = "Checks a head, every weight of it, and shows its geometry and where it comes from.",
        mixinStandardHelpOptions = true)
final class HeadInspectCommand implements Runnable {
    private static final int SHOWN_CLASSES = 8;

    @Parameters(paramLabel = "FILE", description = "The head: ours (.safetensors) or the authors' (.pth).")
    private Path path;

    @Mixin
    private TrainedOnOption trainedOn;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Map<String, Object> facts = describe(Head.load(path, trainedOn.which()));
        Table table = Table.of("property", "value");
        facts.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map) {
                // A description of a language is long; the JSON has all of it.
                map.forEach((key, part) -> table.row(key, Names.brief(String.valueOf(part))));
            } else {
                table.row(name.replace('_', ' '), text(value));
            }
        });
        output.print(facts, table);
    }

    private static Map<String, Object> describe(Head head) {
        ResidualMlp network = HeadAccess.network(head);
        HeadInfo info = head.info();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("in_dim", network.inDim());
        facts.put("latent_dim", network.latentDim());
        facts.put("out_dim", network.outDim());
        facts.put("repeat", network.repeat());
        facts.put("activation", network.activation().name().toLowerCase(Locale.ROOT));
        facts.put("alpha", info.alpha());
        facts.put("backbone", info.backboneName());
        facts.put("backbone_fingerprint", info.backboneFingerprint());
        facts.put("classes", info.classes());
        facts.put("objective", info.objective());
        facts.put("hyperparameters", info.hyperparameters());
        facts.put("seed", info.seed());
        facts.put("versions", info.versions());
        return facts;
    }

    private static String text(Object value) {
        String text = value == null ? "" : String.valueOf(value);
        if (value instanceof List<?> list) {
            text = list.stream().limit(SHOWN_CLASSES).map(String::valueOf).collect(Collectors.joining(", "))
                    + (list.size() > SHOWN_CLASSES ? ", … (" + list.size() + ")" : "");
        }
        return text.isEmpty() ? "unknown" : text;
    }
}
