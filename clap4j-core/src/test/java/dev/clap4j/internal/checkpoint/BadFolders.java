package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that are no checkpoint at all, folders without one, and shards that do not fit together. */
final class BadFolders {
    private static final String KINDS = "; expected safetensors, a PyTorch zip archive, or a .index.json of shards";
    private static final String SHARD = "model-00001-of-00001.safetensors";

    private BadFolders() {}

    static void addTo(BadCheckpoints bad) {
        bad.add("absent", folder -> folder.resolve("none"), "There is no file or folder {}/none");
        bad.add(
                "empty folder",
                folder -> folder,
                "The folder {} holds no checkpoint: expected one of model.safetensors, model.safetensors.index.json,"
                        + " open_clip_model.safetensors, open_clip_model.safetensors.index.json, pytorch_model.bin,"
                        + " pytorch_model.bin.index.json, open_clip_pytorch_model.bin, or a single .safetensors, .pt,"
                        + " .pth or .bin file; found none");
        bad.add(
                "two candidates",
                folder -> {
                    Files.writeString(folder.resolve("a.pt"), "a");
                    Files.writeString(folder.resolve("b.pt"), "b");
                    return folder;
                },
                "The folder {} holds several files that could be the checkpoint: a.pt, b.pt; give the file instead of"
                        + " the folder");
        bad.add(
                "empty file",
                BadCheckpoints.file("model.safetensors", ""),
                "{}/model.safetensors is empty (0 bytes); a tensor file was expected");
        bad.add(
                "wrong magic",
                folder -> Files.write(folder.resolve("model.bin"), new byte[] {1, 2, 3, (byte) 0xFF}),
                "{}/model.bin is not a tensor file: it begins with the bytes 01 02 03 ff" + KINDS);
        bad.add(
                "web page",
                BadCheckpoints.file("model.pt", "<!DOCTYPE html><title>Not found</title>"),
                "{}/model.pt is not a tensor file: it is an HTML page, perhaps an error message saved by a download"
                        + KINDS);
        bad.add(
                "git-lfs pointer",
                BadCheckpoints.file(
                        "model.safetensors",
                        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 605157884\n"),
                "{}/model.safetensors is a git-lfs pointer, not the file itself (which has 605157884 bytes); run"
                        + " \"git lfs pull\" in its folder, or download the file");
        bad.add(
                "pickle that is not PyTorch's",
                folder -> Files.write(folder.resolve("model.pt"), new byte[] {(byte) 0x80, 4, (byte) 0x95}),
                "{}/model.pt is not a tensor file: it is a pickle, but not one of PyTorch's; load it in Python and save the"
                        + " weights as safetensors"
                        + KINDS);
        bad.add(
                "tar archive",
                folder -> {
                    byte[] tar = new byte[512];
                    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
                    return Files.write(folder.resolve("model.pt"), tar);
                },
                "{}/model.pt is not a tensor file: it is a tar archive, as PyTorch before 0.1.10 wrote them; load it in"
                        + " Python and save it again"
                        + KINDS);
        shards(bad);
    }

    private static void shards(BadCheckpoints bad) {
        String prefix = "Cannot read {}/model.safetensors.index.json as an index of shards: ";
        bad.add(
                "missing shard",
                index("{\"weight_map\": {\"logit_scale\": \"model-00002-of-00002.safetensors\"}}"),
                prefix + "it names model-00002-of-00002.safetensors, which is missing; download all shards into the"
                        + " same folder");
        bad.add(
                "index that promises too much",
                index("{\"weight_map\": {\"logit_scale\": \"" + SHARD + "\", \"text_projection\": \"" + SHARD + "\"}}"),
                prefix + "it says that tensor text_projection is in {}/" + SHARD + ", but it is not");
        bad.add(
                "index that promises too little",
                folder -> {
                    BadCheckpoints.write(
                            folder.resolve(SHARD),
                            List.of(
                                    SmallCheckpoint.tensor("logit_scale"),
                                    SmallCheckpoint.tensor("ln_final.bias", 64)));
                    Files.writeString(
                            folder.resolve("model.safetensors.index.json"),
                            "{\"weight_map\": {\"logit_scale\": \"" + SHARD + "\"}}");
                    return folder;
                },
                prefix + "it does not say that tensor ln_final.bias is in {}/" + SHARD + ", but it is");
        bad.add(
                "index that leaves its folder",
                index("{\"weight_map\": {\"logit_scale\": \"../secret.safetensors\"}}"),
                prefix + "it puts tensor logit_scale into \"../secret.safetensors\", which is no file of its folder");
        bad.add(
                "shard of an impossible name",
                index("{\"weight_map\": {\"logit_scale\": \"x\\ud800y\"}}"),
                prefix + "it puts tensor logit_scale into \"x\\ud800y\", which is no file of its folder");
        bad.add(
                "shard on another drive",
                index("{\"weight_map\": {\"logit_scale\": \"C:secret.safetensors\"}}"),
                prefix + "it puts tensor logit_scale into \"C:secret.safetensors\", which is no file of its folder");
        bad.add(
                "shard that is the folder above",
                index("{\"weight_map\": {\"logit_scale\": \"..\"}}"),
                prefix + "it puts tensor logit_scale into \"..\", which is no file of its folder");
        bad.add(
                "index of one tensor twice",
                index("{\"weight_map\": {\"logit_scale\": \"" + SHARD + "\", \"logit_scale\": \"" + SHARD + "\"}}"),
                prefix + "it is not JSON: at line 1, column 81: Duplicate field 'logit_scale'");
        bad.add(
                "index of itself",
                index("{\"weight_map\": {\"logit_scale\": \"model.safetensors.index.json\"}}"),
                prefix + "it names model.safetensors.index.json, which is an index itself");
        bad.add(
                "index without a map",
                index("{\"metadata\": {}}"),
                prefix + "it has no \"weight_map\" that assigns tensors to files");
        bad.add(
                "index that is not JSON",
                index("{\"weight_map\": {"),
                prefix + "it is not JSON: at line 1, column 17: Unexpected end-of-input: expected close marker for"
                        + " Object");
    }

    private static BadCheckpoints.Maker index(String json) {
        return folder -> {
            TensorData only = SmallCheckpoint.tensor("logit_scale");
            BadCheckpoints.write(folder.resolve(SHARD), List.of(only));
            return write(folder, json);
        };
    }

    private static Path write(Path folder, String json) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
        return folder;
    }
}
