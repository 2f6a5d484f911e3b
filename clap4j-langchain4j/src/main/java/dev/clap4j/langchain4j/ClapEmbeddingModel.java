package dev.clap4j.langchain4j;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.ClipOptions;
import dev.clap4j.Image;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipAccess;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An embedding model of LangChain4j for texts and pictures, computed in process by a CLIP-like model, with or without a
 * CLAP head. Texts and pictures are in one space, so that a text finds pictures and a picture finds texts.
 *
 * <pre>{@code
 * try (ClapEmbeddingModel model = ClapEmbeddingModel.builder()
 *         .model("openai/clip-vit-base-patch16")
 *         .head(Path.of("head.safetensors"))
 *         .build()) {
 *     Embedding query = model.embed("a red guitar").content();
 * }
 * }</pre>
 *
 * <p>Embeddings have length 1. Each input of a request is either texts, which are joined by line breaks, or one picture:
 * CLIP does not fuse both into one embedding. Pictures come as base64 or data URIs; nothing is downloaded, and the MIME
 * type and level of detail do not matter. The parameters {@code dimensions} and {@code modelName} may be given, but only
 * with the values of this model; {@code inputType} may not, since queries and documents are encoded alike. The token
 * usage counts the tokens of texts, start and end tokens included.
 *
 * <p>Errors of a request are LangChain4j's: {@link InvalidRequestException} if a text has too many tokens or a picture
 * cannot be decoded, with the {@link ClapException} as its cause; {@link
 * dev.langchain4j.exception.UnsupportedFeatureException} and {@link dev.langchain4j.exception.ModelNotFoundException}
 * for what this model is not.
 *
 * <p>Immutable and thread-safe. Owns native memory until closed, unless it was built from a {@link Clip}, which is the
 * caller's to close. Later calls throw {@link IllegalStateException}.
 */
public final class ClapEmbeddingModel implements EmbeddingModel, AutoCloseable {
    private final Clip clip;
    private final boolean owned;
    private final String name;
    private final List<EmbeddingModelListener> listeners;

    private ClapEmbeddingModel(Clip clip, boolean owned, String name, List<EmbeddingModelListener> listeners) {
        this.clip = clip;
        this.owned = owned;
        this.name = name;
        this.listeners = List.copyOf(listeners);
    }

    /** Returns a builder, which needs a model or a {@link Clip}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Embeds texts and pictures.
     *
     * @return an embedding for each input, in order
     */
    @Override
    public EmbeddingResponse embed(EmbeddingRequest request) {
        Requirements.check(request, this);
        // Not as in EmbeddingModel, which makes the text of each input a text segment and so fails on a picture.
        return listeners.isEmpty()
                ? doEmbed(request)
                : new Notifications(this, request).around(listeners, () -> doEmbed(request));
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        Inputs inputs = Inputs.of(request.inputs());
        int tokens = inputs.tokens(ClipAccess.encoders(clip));
        return EmbeddingResponse.builder()
                .embeddings(inputs.embeddings(clip::embedTexts, this::pictures))
                .modelName(name)
                .tokenUsage(new TokenUsage(tokens))
                .build();
    }

    private FeatureMatrix pictures(List<Image> images) {
        try (Stream<FeatureMatrix> batches = clip.embed(images.stream(), (image, e) -> {
            throw new InvalidRequestException(e.getMessage(), e);
        })) {
            return FeatureMatrix.concat(batches.toList());
        }
    }

    /** Returns the dimension of the embeddings: that of the head's output, or of the model's features. */
    @Override
    public int dimension() {
        return clip.dimension();
    }

    /** Returns the name given to the builder, else that of the model's folder, with {@code +clap} if it has a head. */
    @Override
    public String modelName() {
        return name;
    }

    @Override
    public Set<ContentType> supportedContentTypes() {
        return Set.of(ContentType.TEXT, ContentType.IMAGE);
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return Set.of(EmbeddingRequestParameters.DIMENSIONS, EmbeddingRequestParameters.MODEL_NAME);
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return listeners;
    }

    /** Returns this model with more listeners. It shares all memory with this one, which remains the one to close. */
    @Override
    public EmbeddingModel addListeners(List<EmbeddingModelListener> more) {
        return more == null || more.isEmpty()
                ? this
                : new ClapEmbeddingModel(
                        clip,
                        false,
                        name,
                        Stream.concat(listeners.stream(), more.stream()).toList());
    }

    /** Frees the model, unless it belongs to a {@link Clip} of the caller. */
    @Override
    public void close() {
        if (owned) {
            clip.close();
        }
    }

    @Override
    public String toString() {
        return "embeddings of " + clip;
    }

    /** Options of a {@link ClapEmbeddingModel}. */
    public static final class Builder {
        private Clip clip;
        private Function<ClipOptions, Clip> loading;
        private ClipOptions options = ClipOptions.defaults();
        private Head head;
        private Float alpha;
        private String name;
        private List<EmbeddingModelListener> listeners = List.of();

        private Builder() {}

        /** Uses an open model, for instance {@link Clip#mini()}, which remains the caller's to close. */
        public Builder clip(Clip open) {
            this.clip = open;
            return this;
        }

        /** Loads a model by name, see {@link Clip#load(String)}. */
        public Builder model(String nameOrPath) {
            this.loading = given -> Clip.load(nameOrPath, given);
            return this;
        }

        /** Loads a model from a folder or file. */
        public Builder model(Path checkpoint) {
            this.loading = given -> Clip.load(checkpoint, given);
            return this;
        }

        /** Sets the options for loading a model, for instance to truncate long texts, which are an error otherwise. */
        public Builder options(ClipOptions loaded) {
            this.options = loaded;
            return this;
        }

        /** Applies a head after both encoders. */
        public Builder head(Head trained) {
            this.head = trained;
            return this;
        }

        /**
         * Applies a head after both encoders.
         *
         * @throws ClapException if the file is not a head
         */
        public Builder head(Path file) {
            return head(Head.load(file));
        }

        /** Sets the weight of the head's output in the residual sum, that of the head by default. */
        public Builder alpha(float weight) {
            this.alpha = weight;
            return this;
        }

        /** Sets the name that responses give. */
        public Builder modelName(String shown) {
            this.name = shown;
            return this;
        }

        /** Sets the listeners that are notified around each request. */
        public Builder listeners(List<EmbeddingModelListener> heard) {
            this.listeners = List.copyOf(heard);
            return this;
        }

        /**
         * Returns the model.
         *
         * @throws ClapException if there is no model or two, it cannot be loaded, the head does not fit it, or there is
         *     an alpha without a head
         */
        public ClapEmbeddingModel build() {
            if ((clip == null) == (loading == null)) {
                throw new ClapException("Either a Clip or a model to load is expected, not "
                        + (clip == null ? "neither" : "both") + ": call clip or model");
            }
            if (clip != null && !options.equals(ClipOptions.defaults())) {
                throw new ClapException("The options are those of loading a model, but the Clip is loaded already");
            }
            if (alpha != null && head == null) {
                throw new ClapException("An alpha is the weight of a head; give the head, too");
            }
            if (clip != null) {
                return head == null ? of(clip, false) : of(headed(clip), true);
            }
            Clip loaded = loading.apply(options);
            if (head == null) {
                return of(loaded, true);
            }
            try (loaded) {
                return of(headed(loaded), true);
            }
        }

        private Clip headed(Clip base) {
            return alpha == null ? base.with(head) : base.with(head, alpha);
        }

        private ClapEmbeddingModel of(Clip ready, boolean owned) {
            String shown = name != null
                    ? name
                    : Backbone.nameOf(ClipAccess.encoders(ready).checkpoint())
                            + (ready.head().isPresent() ? "+clap" : "");
            return new ClapEmbeddingModel(ready, owned, shown, listeners);
        }
    }
}
