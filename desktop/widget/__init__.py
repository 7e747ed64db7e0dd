"""Everything on screen: windows, pages, inputs."""
