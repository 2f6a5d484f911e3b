package dev.clap4j.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Problem;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The origin of an index: the model and head whose features it holds, and the labels that its pictures have.
 *
 * @param modelSource the path or name by which the model was given; empty for the mini CLIP
 * @param modelName a readable name of the model
 * @param modelFingerprint identifies the model's weights
 * @param preprocessing identifies the decoding and preprocessing of pictures
 * @param precision the precision of the encoders
 * @param headSource the path by which the head was given; empty if unknown or without a head
 * @param headFingerprint identifies the head's weights; empty without a head
 * @param alpha the alpha of the head; 0 without a head
 * @param dimension the dimension of the features
 * @param classPrompts the classes of which each picture has a score, each with its prompts; may be empty
 * @param styles the styles of which each picture has a score; may be empty
 */
public record IndexInfo(
        String modelSource,
        String modelName,
        String modelFingerprint,
        String preprocessing,
        String precision,
        String headSource,
        String headFingerprint,
        float alpha,
        int dimension,
        Map<String, List<String>> classPrompts,
        List<String> styles) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** Makes the collections unmodifiable, preserving their order. */
    public IndexInfo {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        classPrompts.forEach((name, prompts) -> copy.put(name, List.copyOf(prompts)));
        classPrompts = Collections.unmodifiableMap(copy);
        styles = List.copyOf(styles);
    }

    static IndexInfo of(
            Clip clip,
            String modelSource,
            String headSource,
            Map<String, List<String>> classPrompts,
            List<String> styles) {
        ClipModel model = ClipAccess.encoders(clip);
        return new IndexInfo(
                modelSource,
                Backbone.nameOf(model.checkpoint()),
                model.checkpoint().fingerprint(),
                ClipImageModel.preprocessing(model.checkpoint()).fingerprint(),
                model.engine().precision().toString(),
                headSource,
                clip.head().map(Head::fingerprint).orElse(""),
                ClipAccess.alpha(clip),
                clip.dimension(),
                classPrompts,
                styles);
    }

    /** Returns the classes of which each picture has a score. */
    public List<String> classes() {
        return List.copyOf(classPrompts.keySet());
    }

    /** Returns whether scores by the words of another index mean the same. */
    boolean hasLabelsOf(IndexInfo other) {
        return List.copyOf(classPrompts.entrySet()).equals(List.copyOf(other.classPrompts.entrySet()))
                && styles.equals(other.styles);
    }

    /**
     * Checks that features of a model can be compared with those of the index.
     *
     * @param index the index, for the message
     * @throws ClapException if they come from another model, head or alpha
     */
    void requireSame(Clip clip, Object index) {
        requireSame(of(clip, "", "", Map.of(), List.of()), index);
    }

    /**
     * Checks that features of another origin can be compared with those of this one.
     *
     * @param index the index of this origin, for the message
     * @throws ClapException if they come from another model, head or alpha
     */
    public void requireSame(IndexInfo other, Object index) {
        String made = "The index " + index + " was made ";
        if (!other.modelFingerprint.equals(modelFingerprint) || !other.preprocessing.equals(preprocessing)) {
            throw new ClapException(
                    Problem.INDEX_DIFFERS,
                    made + "with the model " + modelName
                            + (modelSource.isEmpty() ? ", the one that comes with clap4j" : " (" + modelSource + ")")
                            + ", not with " + other.modelName
                            + (other.modelFingerprint.equals(modelFingerprint) ? " and other preprocessing" : "")
                            + (isNamesake(other) ? " of other weights" : ""));
        }
        if (!other.headFingerprint.equals(headFingerprint)) {
            throw new ClapException(
                    Problem.INDEX_DIFFERS, made + (headFingerprint.isEmpty() ? "without a head" : head(other)));
        }
        if (other.alpha != alpha) {
            throw new ClapException(Problem.INDEX_DIFFERS, made + "with alpha " + alpha + ", not " + other.alpha);
        }
    }

    private boolean isNamesake(IndexInfo other) {
        return other.modelName.equals(modelName) && !other.modelFingerprint.equals(modelFingerprint);
    }

    /** Describes the head to those who have another one; its file may hold that one by now. */
    private String head(IndexInfo other) {
        return (other.headFingerprint.isEmpty() ? "with a head, " : "with another head, ")
                + (headSource.isEmpty() ? "of the digest " + headFingerprint : "the one that was in " + headSource)
                + ", and alpha " + alpha;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers", e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is anything else, or has other fields
     */
    static IndexInfo fromJson(String json) {
        try {
            return JSON.readValue(json, IndexInfo.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its description has other fields", e);
        }
    }
}
