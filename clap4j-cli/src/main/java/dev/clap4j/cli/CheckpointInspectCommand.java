package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clap checkpoint inspect}: reads a checkpoint, all of it, and says what it is. */
@Command(
        name = "inspect",
        description = "Checks a checkpoint, every weight of it, and shows its layout, geometry, size and fingerprint.",
        mixinStandardHelpOptions = true)
final class CheckpointInspectCommand implements Runnable {
    @Parameters(
            paramLabel = "DIR|FILE|NAME",
            description = "The checkpoint: a folder, a file of weights, or the name of a model to download.")
    private String model;

    @Mixin
    private GeometryOption geometry;

    @Option(names = "--tensors", description = "List the weights, under OpenAI's names.")
    private boolean tensors;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Checkpoint checkpoint = Checkpoint.open(NamedModel.find(model, output.err()), geometry.hints());
        checkpoint.verify();
        Map<String, Object> facts = describe(checkpoint);
        Table properties = Table.of("property", "value");
        facts.forEach((name, value) -> properties.row(name.replace('_', ' '), text(value)));
        Table list = Table.of("tensor", "type", "shape");
        checkpoint.tensors().forEach(tensor -> list.row(tensor.name(), tensor.type(), Arrays.toString(tensor.shape())));
        String end = System.lineSeparator();
        String words = properties + (tensors ? end + end + list : "");
        if (tensors) {
            facts.put("tensors", checkpoint.tensors());
        }
        output.print(facts, words);
    }

    private Map<String, Object> describe(Checkpoint checkpoint) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("layout", checkpoint.layout().title());
        facts.put("files", checkpoint.files().stream().map(Path::toString).toList());
        facts.put("fingerprint", checkpoint.fingerprint());
        facts.put("parameters", checkpoint.parameters());
        facts.put("types", types(checkpoint.tensors()));
        facts.put("embedding_dim", checkpoint.architecture().embedDim());
        facts.put("vision", vision(checkpoint.architecture().vision()));
        facts.put("text", text(checkpoint.architecture().text()));
        facts.put("logit_scale", checkpoint.expLogitScale());
        facts.put(
                "tokenizer",
                checkpoint.tokenizerFiles().stream().map(Path::toString).toList());
        facts.put(
                "preprocessing",
                checkpoint.preprocessorConfig().map(Path::toString).stream().toList());
        return facts;
    }

    private static Map<String, Long> types(List<TensorInfo> tensors) {
        return tensors.stream()
                .collect(Collectors.groupingBy(tensor -> tensor.type().name(), TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Object> vision(VisionTower tower) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("image_size", tower.imageSize());
        if (tower instanceof VisionTransformer transformer) {
            facts.put("patch_size", transformer.patchSize());
            facts.put("width", transformer.width());
            facts.put("layers", transformer.layers());
            facts.put("heads", transformer.heads());
            facts.put("activation", transformer.activation().name().toLowerCase(Locale.ROOT));
            facts.put("pooling", transformer.pooling().kind().name().toLowerCase(Locale.ROOT));
        } else if (tower instanceof ModifiedResNet residual) {
            facts.put("width", residual.width());
            facts.put("blocks", residual.blocks());
            facts.put("heads", residual.heads());
        }
        return facts;
    }

    private static Map<String, Object> text(TextTower tower) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("context_length", tower.contextLength());
        facts.put("vocabulary", tower.vocabSize());
        facts.put("width", tower.width());
        facts.put("layers", tower.layers());
        facts.put("heads", tower.heads());
        facts.put("activation", tower.activation().name().toLowerCase(Locale.ROOT));
        return facts;
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> String.valueOf(entry.getKey()).replace('_', ' ') + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "none" : list.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        return value instanceof Float number ? String.format(Locale.ROOT, "%.4f", number) : String.valueOf(value);
    }
}
