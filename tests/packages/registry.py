"""A registry of container images with one image, empty but for its configuration: a base to publish onto without a network."""
import gzip, hashlib, http.server, io, json, sys, tarfile

content = io.BytesIO()
tarfile.open(fileobj=content, mode="w").close()
layer = gzip.compress(content.getvalue(), mtime=0)
digest = lambda data: "sha256:" + hashlib.sha256(data).hexdigest()
configuration = json.dumps({
    "architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/usr/bin"]},
    "rootfs": {"type": "layers", "diff_ids": [digest(content.getvalue())]},
}).encode()
describe = lambda kind, data: {"mediaType": kind, "size": len(data), "digest": digest(data)}
KIND = "application/vnd.oci.image.manifest.v1+json"
manifest = json.dumps({
    "schemaVersion": 2, "mediaType": KIND,
    "config": describe("application/vnd.oci.image.config.v1+json", configuration),
    "layers": [describe("application/vnd.oci.image.layer.v1.tar+gzip", layer)],
}).encode()
blobs = {digest(data): data for data in (layer, configuration, manifest)}


class Registry(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, _, name = self.path.rpartition("/")
        found = manifest if kind.endswith("manifests") else blobs.get(name, b"{}")
        self.send_response(200)
        self.send_header("Content-Type", KIND if found is manifest else "application/octet-stream")
        self.send_header("Content-Length", str(len(found)))
        self.send_header("Docker-Content-Digest", digest(found))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(found)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Registry)
print(server.server_port, flush=True)
server.serve_forever()
