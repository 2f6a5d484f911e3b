package dev.clap4j.internal.server.index;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.server.model.ServedHead;
import dev.clap4j.internal.server.model.Variant;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.IndexFeatures;
import dev.clap4j.search.IndexInfo;
import java.nio.file.Path;

/** An index of the model that is served, made with a head or without. Thread-safe. */
final class ServedIndex implements AutoCloseable {
    private final ImageIndex index;
    private final IndexInfo info;

    private ServedIndex(ImageIndex index) {
        this.index = index;
        this.info = index.info();
    }

    /**
     * Opens an index.
     *
     * @throws ClapException if there is none, or another model made it
     */
    static ServedIndex open(Path folder, ClipModel model) {
        ServedIndex opened = new ServedIndex(ImageIndex.open(folder));
        IndexInfo info = opened.info;
        if (!info.modelFingerprint().equals(model.checkpoint().fingerprint())
                || !info.preprocessing()
                        .equals(ClipImageModel.preprocessing(model.checkpoint()).fingerprint())) {
            opened.close();
            throw new ClapException(
                    "The index " + folder + " was made with the model " + info.modelName() + ", not with "
                            + Backbone.nameOf(model.checkpoint()) + "; serve the same model, or make another index");
        }
        return opened;
    }

    IndexInfo info() {
        return info;
    }

    ImageIndex pictures() {
        return index;
    }

    IndexFeatures features() {
        return IndexFeatures.of(index);
    }

    boolean withHead() {
        return !info.headFingerprint().isEmpty();
    }

    /** Returns whether features of a model as a request wants it can be compared with those of the index. */
    boolean suits(Variant variant) {
        return variant.head().map(ServedHead::fingerprint).orElse("").equals(info.headFingerprint())
                && variant.head().map(head -> head.alpha() == info.alpha()).orElse(true);
    }

    @Override
    public void close() {
        index.close();
    }
}
