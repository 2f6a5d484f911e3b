package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.OpenedFiles;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.io.UnwrappedFile;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CLIP checkpoint of any layout and file format: its architecture, and its weights under OpenAI's names.
 *
 * <p>Supported are OpenAI's files, Hugging Face's {@code CLIPModel} folders and open_clip's folders, as safetensors
 * (sharded or not) and as PyTorch archives, and single weights files of these layouts. Weights stay in the
 * memory-mapped files until they are read.
 */
public final class Checkpoint {
    /** The limit of the scale; CLIP's authors clip it at 100. */
    private static final int LARGEST_SCALE = 10_000;

    private static final int LARGEST_BIAS = 1_000;

    /** The kind and version of the cached value. */
    private static final String FINGERPRINT = "clip fingerprint 2: ";

    private final Path folder;
    private final TensorFile file;
    private final Layout layout;
    private final Path config; // null if there is none
    private final ModelConfig model;
    private final CheckpointWeights weights;
    private final OpenedFiles opened;
    private String fingerprint;

    private Checkpoint(Path folder, TensorFile file, Naming naming, Path config, GeometryHints hints) {
        this.folder = folder;
        this.file = file;
        this.opened = OpenedFiles.of(file.files());
        this.config = config;
        this.layout = layout(naming, config);
        this.model = model(naming, hints);
        this.weights = CheckpointWeights.of(file, naming, model);
    }

    /**
     * Opens a checkpoint and checks names, types and shapes of its tensors against the architecture.
     *
     * @param path a weights file, or a folder with one; a configuration and a LoRA adapter, which is merged into the
     *     weights, are looked for beside them
     * @throws ClapException if it is not a usable CLIP checkpoint, naming the file and tensor at fault
     */
    public static Checkpoint open(Path path) {
        return open(path, GeometryHints.NONE);
    }

    /**
     * Opens a checkpoint as {@link #open(Path)} does.
     *
     * @param path a weights file, or a folder with one
     * @param hints properties that weights without a configuration do not determine
     * @throws ClapException if it cannot be used, or its configuration contradicts the hints
     */
    public static Checkpoint open(Path path, GeometryHints hints) {
        Path weights = CheckpointFiles.weights(path);
        Path parent = weights.getParent();
        Path folder = parent == null ? Path.of(".") : parent;
        TensorFile file = AdaptedFile.of(UnwrappedFile.of(TensorFile.open(weights), Naming.LANDMARKS), folder);
        Naming naming = Naming.of(file.names()).orElseThrow(() -> unknownLayout(file));
        Optional<Path> config = CheckpointFiles.find(folder, naming.configuration());
        return new Checkpoint(folder, file, naming, config.orElse(null), hints);
    }

    private ModelConfig model(Naming naming, GeometryHints hints) {
        if (config == null && !naming.isClips()) {
            throw new ClapException(file.path() + " is not of CLIP's own kind, so its geometry does not follow from its"
                    + " weights; put the model's configuration (" + naming.configuration() + ") beside it");
        }
        if (config == null) {
            return WeightGeometry.read(file, naming, hints);
        }
        ModelConfig read = naming.isHuggingFace() ? HuggingFaceConfig.read(config) : OpenClipConfig.read(config);
        hints.requireAgreement(read.architecture(), config);
        return read;
    }

    private static Layout layout(Naming naming, Path config) {
        if (naming.isHuggingFace()) {
            return Layout.HUGGING_FACE;
        }
        return !naming.equals(Naming.OPENAI) || config != null ? Layout.OPEN_CLIP : Layout.OPENAI;
    }

    private static ClapException unknownLayout(TensorFile file) {
        return new ClapException(
                file.path() + " is not a CLIP checkpoint: its tensors are " + Names.preview(file.names())
                        + "; expected the names of OpenAI or open_clip (visual.conv1.weight, token_embedding.weight, …) or of"
                        + " Hugging Face's CLIPModel (vision_model.*, text_model.*)");
    }

    /** Returns the architecture of both towers. */
    public ClipArchitecture architecture() {
        return model.architecture();
    }

    /**
     * Returns the weights under OpenAI's names, those of {@link ClipArchitecture#shapes()}, in the precision in which
     * they are stored. The values of a tensor are checked when it is first read: {@link TensorSource#get} throws {@link
     * ClapException} if one is NaN or infinite.
     *
     * @throws ClapException as {@link #requireUnchanged}
     */
    public TensorSource weights() {
        requireUnchanged();
        return weights;
    }

    /**
     * Reads all weights once.
     *
     * @throws ClapException if a value is NaN or infinite, or the logit scale is invalid
     */
    public void verify() {
        weights.names().forEach(weights::get);
        logitScale();
    }

    /**
     * Checks that the files have not changed since they were opened; models do so before they compute.
     *
     * @throws ClapException if one was modified in place; replacing it by another file is harmless
     */
    public void requireUnchanged() {
        opened.requireUnchanged();
    }

    /** Returns the rule for finding the end of a text among its token ids. */
    public EndOfText endOfText() {
        return model.endOfText();
    }

    /**
     * Returns the logarithm of the factor from cosine similarities to logits: the tensor {@code logit_scale} as stored.
     *
     * @throws ClapException if the factor is implausible: below 1/{@value #LARGEST_SCALE} or above {@value
     *     #LARGEST_SCALE}
     */
    public float logitScale() {
        float scale = weights.get("logit_scale").toFloats()[0];
        if (Math.abs(scale) > Math.log(LARGEST_SCALE)) {
            throw new ClapException(
                    "The tensor logit_scale in " + file.path() + " is " + scale
                            + ", the logarithm of the factor on cosine similarities; CLIP's is at most 4.6052, the logarithm of 100");
        }
        return scale;
    }

    /**
     * Returns the number added to scaled cosine similarities, after which a sigmoid gives each pair's own probability;
     * empty if the model has none, so that probabilities are relative to other texts.
     *
     * @throws ClapException if it is implausible, beyond ±{@value #LARGEST_BIAS}
     */
    public Optional<Float> logitBias() {
        if (!architecture().logitBias()) {
            return Optional.empty();
        }
        float bias = weights.get("logit_bias").toFloats()[0];
        if (Math.abs(bias) > LARGEST_BIAS) {
            throw new ClapException("The tensor logit_bias in " + file.path() + " is " + bias
                    + ", which is added to scaled cosine similarities; SigLIP's is about -16");
        }
        return Optional.of(bias);
    }

    /** Returns the factor from cosine similarities to logits, about 100 for trained models. */
    public float expLogitScale() {
        return (float) Math.exp(logitScale());
    }

    /**
     * Returns the fingerprint of the model: 32 hexadecimal digits, equal for the same weights and architecture in any
     * layout and any precision that rounds to the same 16-bit floats. Every value of every tensor is included. Takes
     * about a second per gigabyte once; the result is cached in the user's cache folder as long as the files stay the
     * same.
     *
     * @throws ClapException if a value is NaN or infinite, or a file changes meanwhile
     */
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = FileDigests.ofUser()
                    .of(
                            files(),
                            FINGERPRINT + ArchitectureText.of(model.architecture()),
                            () -> Fingerprint.of(model.architecture(), weights));
        }
        return fingerprint;
    }

    /**
     * Returns a digest of everything that determines the features to the bit: 32 hexadecimal digits of the content of
     * all files and of the hints. It differs between layouts and precisions of the same model. Cached like the
     * fingerprint.
     *
     * @throws ClapException if a file changes meanwhile
     */
    public String contentDigest() {
        FileDigests digests = FileDigests.ofUser();
        return Digests.of(ArchitectureText.of(model.architecture()) + " " + model.endOfText() + " "
                + files().stream().map(digests::of).collect(Collectors.joining(" ")));
    }

    /**
     * Returns whether earlier versions of this library identified the model by the given fingerprint. It covered at
     * most 16 elements of every tensor, so another model may share it.
     */
    public boolean wasCalled(String earlierFingerprint) {
        return SampledFingerprint.of(model.architecture(), weights).equals(earlierFingerprint);
    }

    /** Returns the layout. */
    public Layout layout() {
        return layout;
    }

    /** Returns the folder of the weights, which may also hold a tokenizer. */
    public Path folder() {
        return folder;
    }

    /** Returns all files read: the weights with all their shards, those of an adapter, and the configuration. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(file.files());
        if (!files.contains(file.path())) {
            files.add(0, file.path());
        }
        config().ifPresent(files::add);
        return Collections.unmodifiableList(files);
    }

    /** Returns name, shape and stored type of every weight. */
    public List<TensorInfo> tensors() {
        return Collections.unmodifiableList(weights.infos());
    }

    /** Returns the number of trainable parameters, which excludes the running statistics of batch normalisation. */
    public long parameters() {
        return weights.infos().stream()
                .filter(tensor -> !tensor.name().contains(".running_"))
                .mapToLong(TensorInfo::elements)
                .sum();
    }

    /** Returns the configuration beside the weights; empty if there is none, or the layout has none. */
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** Returns the file that describes image preprocessing: that of the layout, or another one beside the weights. */
    public Optional<Path> preprocessorConfig() {
        Stream<String> names = layout == Layout.OPEN_CLIP
                ? Stream.of("open_clip_config.json", "preprocessor_config.json", "processor_config.json")
                : Stream.of("preprocessor_config.json", "processor_config.json", "open_clip_config.json");
        return names.flatMap(name -> CheckpointFiles.find(folder, name).stream())
                .findFirst();
    }

    /**
     * Returns the tokenizer implementation whose ids the model takes: the reference of its layout, as configured.
     *
     * @throws ClapException if the configuration requires something unsupported
     */
    public TokenizerReference tokenizerReference() {
        return switch (layout) {
            case OPENAI -> TokenizerReference.OPEN_AI;
            case HUGGING_FACE -> TokenizerReference.HUGGING_FACE;
            case OPEN_CLIP ->
                config == null ? TokenizerReference.openClip(Optional.empty(), false) : OpenClipTokenizer.read(config);
        };
    }

    /** Returns the files of the tokenizer beside the weights; empty if there is none. */
    public List<Path> tokenizerFiles() {
        return CheckpointFiles.tokenizer(folder);
    }
}
