"""What the public reads: pages, blocks and snippets. Facts live below; here they are told."""
