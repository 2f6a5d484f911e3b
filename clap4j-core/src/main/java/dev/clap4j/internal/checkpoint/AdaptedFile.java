package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.AdapterChange.LowRank;
import dev.clap4j.internal.checkpoint.AdapterChange.Replaced;
import dev.clap4j.internal.checkpoint.AdapterChange.Shifted;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model's weights with a LoRA adapter merged into them (Hu et al. 2021): {@code W + s·B·A}, computed when a tensor is
 * read. Biases and whole modules in the adapter replace or shift those of the model.
 */
final class AdaptedFile implements TensorFile {
    private static final String CONFIG = "adapter_config.json";
    private static final List<String> WEIGHTS = List.of("adapter_model.safetensors", "adapter_model.bin");

    /** The prefix that PEFT adds to the model's names. */
    private static final String PREFIX = "base_model.model.";

    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String B_BIAS = ".lora_B.bias";
    private static final String EMBEDDING_A = ".lora_embedding_A";
    private static final String EMBEDDING_B = ".lora_embedding_B";

    private final TensorFile base;
    private final TensorFile adapter;
    private final AdapterConfig config;
    private final Map<String, AdapterChange> changes = new LinkedHashMap<>();

    private AdaptedFile(TensorFile base, TensorFile adapter, AdapterConfig config) {
        this.base = base;
        this.adapter = adapter;
        this.config = config;
    }

    /** Returns whether a file belongs to an adapter instead of a model. */
    static boolean isAdapter(Path file) {
        return WEIGHTS.contains(String.valueOf(file.getFileName()));
    }

    /**
     * Returns the weights with the adapter in a folder merged in, if there is one.
     *
     * @param folder the folder of the adapter
     * @throws ClapException if the adapter is of an unsupported kind, is incomplete, or belongs to another model
     */
    static TensorFile of(TensorFile base, Path folder) {
        Optional<Path> config = CheckpointFiles.find(folder, CONFIG);
        Optional<Path> weights = WEIGHTS.stream()
                .flatMap(name -> CheckpointFiles.find(folder, name).stream())
                .findFirst();
        if (config.isEmpty() && weights.isEmpty()) {
            return base;
        }
        if (config.isEmpty() || weights.isEmpty()) {
            throw new ClapException("Beside " + base.path() + " is half of an adapter: there is "
                    + config.or(() -> weights).orElseThrow().getFileName() + ", but no "
                    + (config.isEmpty() ? CONFIG : WEIGHTS.get(0)) + "; add it, or remove the other");
        }
        AdaptedFile adapted = new AdaptedFile(base, TensorFile.open(weights.get()), AdapterConfig.read(config.get()));
        adapted.adapter.names().forEach(adapted::take);
        return adapted;
    }

    /** Determines the role of one of the adapter's tensors. */
    private void take(String stored) {
        String name = stored.startsWith(PREFIX) ? stored.substring(PREFIX.length()) : stored;
        if (name.endsWith(A)) {
            lowRank(stored, name, A, B, false);
        } else if (name.endsWith(EMBEDDING_A)) {
            lowRank(stored, name, EMBEDDING_A, EMBEDDING_B, true);
        } else if (name.endsWith(B_BIAS)) {
            String module = without(name, B_BIAS);
            change(module + ".bias", stored, new Shifted(stored, scaling(without(stored, B_BIAS) + A, module)));
        } else if (!isSecond(stored, B, A) && !isSecond(stored, EMBEDDING_B, EMBEDDING_A)) {
            change(name.replace(".base_layer.", "."), stored, new Replaced(stored));
        }
    }

    private void lowRank(String stored, String name, String a, String b, boolean transposed) {
        String module = without(name, a);
        String second = without(stored, a) + b;
        change(module + ".weight", stored, new LowRank(stored, second, scaling(stored, module), transposed));
    }

    private boolean isSecond(String stored, String b, String a) {
        return stored.endsWith(b) && adapter.contains(without(stored, b) + a);
    }

    private static String without(String name, String end) {
        return name.substring(0, name.length() - end.length());
    }

    private float scaling(String a, String module) {
        long[] shape = adapter.info(a).shape();
        return config.scaling(module, shape.length == 0 ? 0 : shape[0]);
    }

    private void change(String target, String stored, AdapterChange change) {
        if (!base.contains(target)) {
            throw unfit(Names.brief(stored), base.path() + " has no tensor " + Names.brief(target));
        }
        if (changes.put(target, change) != null) {
            throw unfit(Names.brief(stored), "other tensors of it change " + target + " already");
        }
        List<TensorInfo> parts = change.tensors().stream().map(adapter::info).toList();
        TensorInfo own = base.info(target);
        if (!change.fits(adapter, own.shape())
                || parts.stream().anyMatch(part -> !part.type().isFloat())) {
            throw unfit(
                    Names.preview(parts.stream().map(TensorInfo::toString).toList()),
                    base.path() + " has the tensor " + own);
        }
    }

    private ClapException unfit(String what, String otherwise) {
        return new ClapException("Cannot use the adapter " + adapter.path() + ": it holds " + what + ", but "
                + otherwise + "; it belongs to another model, or is of an unsupported kind");
    }

    @Override
    public Path path() {
        return base.path();
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(base.files());
        files.add(config.path());
        files.addAll(adapter.files());
        return Collections.unmodifiableList(files);
    }

    @Override
    public Map<String, String> metadata() {
        return base.metadata();
    }

    @Override
    public Map<String, String> unreadable() {
        return base.unreadable();
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo own = base.info(name);
        AdapterChange change = changes.get(name);
        if (change == null) {
            return own;
        }
        DataType type = change instanceof Replaced replaced
                ? adapter.info(replaced.tensor()).type()
                : DataType.F32;
        return new TensorInfo(name, own.type().isFloat() ? type : own.type(), own.shape());
    }

    @Override
    public TensorData get(String name) {
        AdapterChange change = changes.get(name);
        TensorData own = base.get(name);
        return change == null ? own : change.apply(adapter, own);
    }
}
