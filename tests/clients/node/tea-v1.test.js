// @alicloud/ecs20140526 told to sign the old way: V1 in the query of a POST.

import { tellWith } from './story.js';
import { Tea } from './tea.js';

tellWith((server, account) => new Tea(server, account, 'v2'));
