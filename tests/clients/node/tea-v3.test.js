// @alicloud/ecs20140526 as it comes: signed by headers (ACS3-HMAC-SHA256).

import { tellWith } from './story.js';
import { Tea } from './tea.js';

tellWith((server, account) => new Tea(server, account));
